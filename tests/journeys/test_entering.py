"""A drug admin enters a monograph from nothing: what they fill in, and how often they press something."""

from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from immuno_site.demonstration.content_files import read_content
from tests.journeys.conftest import Person, editor, tab_to

pytestmark = pytest.mark.journey

DRUG = "trastuzumab-deruxtecan"
NAME = "Trastuzumab deruxtecan again"  # the demonstration has it already
MOST_FIELDS, MOST_CLICKS = 45, 40
MOST_FIELDS_OF_A_DECISION = 3


@dataclass
class Count:
    """Of what a person does on a page.

    A field counts when it does not hold yet what it should: typed, chosen from a list or ticked. A click is a button
    or link that is pressed, a part that is opened, and also each choice from a list and each tick, although these are
    counted as fields already. Going from box to box is none: Tab does that.
    """

    fields: int = 0
    clicks: int = 0

    def press(self, button: Locator) -> None:
        button.click()
        self.clicks += 1

    def fill(self, box: Locator, value: str) -> None:
        """What the box holds already is left; "" is what a box holds that nobody filled in."""
        if box.evaluate("box => box.tagName") == "SELECT":
            if box.input_value() == value:
                return
            box.select_option(value)
            self.clicks += 1
        elif box.get_attribute("type") == "checkbox":
            if box.is_checked() == bool(value):
                return
            box.set_checked(bool(value))
            self.clicks += 1
        elif box.input_value() == value:
            return
        else:
            box.fill(value)
        self.fields += 1

    def write(self, page: Page, name: str, words: str) -> None:
        """Into a prose editor."""
        editor(page.locator(f"#field-{name}")).fill(words)
        self.fields += 1

    def add(self, page: Page, related: str, **values: str) -> None:
        """One more row of a list."""
        section = page.locator(f"section.parts[data-parts={related}]")
        self.press(section.locator(":scope > button").first)
        row = section.locator(":scope > details.part").last
        for name, value in values.items():
            self.fill(row.locator(f"[name$='-{name}']"), value)


def english(data: dict) -> dict[str, str]:
    """The facts and the English words of a part of a content file."""
    plain = {name: value["en"] if isinstance(value, dict) and "en" in value else value for name, value in data.items()}
    return {name: "on" if value is True else "" if value is False else str(value) for name, value in plain.items()}


def taken(data: dict, *names: str) -> dict[str, str]:
    values = english(data)
    return {name: values.get(name, "") for name in names}


def enter(drugadmin: Person, count: Count) -> Page:
    """Name and words, a product, two doses, six side effects, two warnings, a biomarker and two approvals."""
    data = read_content(f"drugs/{DRUG}")
    page = drugadmin.open("/admin/drugs/monograph/add/")
    count.fill(page.locator("[name=title]"), NAME)
    count.press(page.get_by_role("button", name="Start writing"))
    page.locator("section.parts > button").first.wait_for()
    for name in ("pronunciation", "drug_class", "lead"):
        count.fill(page.locator(f"[name={name}]"), data[name]["en"])
    for name in ("how_it_works", "how_given", "tell_team"):
        count.write(page, name, "It brings chemotherapy to cells with HER2.")
    count.add(page, "products", **taken(data["products"][0], "brand", "application_number", "authority", "formulation"))
    for dose in data["doses"][:2]:
        values = taken(dose, "phase", "dose", "unit", "route", "every", "every_unit", "number", "until", "age_group")
        count.add(page, "doses", **values)
    enter_side_effects(page, count, [*data["side_effects"][:3], *data["side_effects"][7:10]])
    for warning in data["boxed_warnings"]:
        count.add(page, "boxed_warnings", **taken(warning, "title", "text"))
    count.add(page, "biomarkers", **taken(data["biomarkers"][1], "name", "test", "meaning"))
    count.press(page.get_by_role("button", name="Save", exact=True))
    drugadmin.told("Saved.")
    page.locator("section.parts > button").first.wait_for()
    for approval in data["approvals"][:2]:
        values = taken(
            approval, "plain", "terms", "authority", "cancer", "hormone_receptors", "her2", "setting", "stage", "line",
            "prior", "is_alone", "age_group",
        )  # fmt: skip
        if approval["biomarker"] == "her2-low":  # the one that was entered
            values["biomarker"] = biomarker_option(page)
        count.add(page, "approvals", **values)
    count.press(page.get_by_role("button", name="Save", exact=True))
    page.locator("[name=approvals-1-id][value]").wait_for(state="attached")  # the page says “Saved.” from before
    page.locator("section.parts > button").first.wait_for()
    return page


def biomarker_option(page: Page) -> str:
    template = page.locator("section.parts[data-parts=approvals] > template")
    return template.evaluate(
        "made => [...made.content.querySelectorAll('[name$=-biomarker] option')].find(one => one.value).value"
    )


def enter_side_effects(page: Page, count: Count, effects: list[dict]) -> None:
    """Pasted, a line for each."""
    section = page.locator("section.parts[data-parts=side_effects]")
    levels = {"": "", "emergency": "Emergency", "urgent": "Call today"}
    lines = []
    for effect in effects:
        values = taken(effect, "name", "signs", "what_to_do", "care_level")
        parts = [values["name"], values["signs"], values["what_to_do"], levels[values["care_level"]]]
        lines.append(" | ".join(parts).rstrip(" |"))
    count.press(section.get_by_text("Paste several lines"))
    count.fill(section.get_by_label("One line for each"), "\n".join(lines))
    count.press(section.get_by_role("button", name="Make rows of them"))


def decide(drugadmin: Person, page: Page, count: Count) -> None:
    """The grant of 2022 for HER2-low, from the monograph's page."""
    decided = page.locator("#decisions")
    count.press(decided.get_by_role("link", name="Record a decision on this approval").last)
    chosen = page.locator("#id_approval option:checked")
    expect(chosen).to_contain_text("HER2-low")
    count.fill(page.locator("#id_kind"), "granted")
    count.fill(page.locator("#id_pathway"), "regular")
    count.fill(page.locator("#id_happened_on"), "2022-08-05")
    count.fill(page.locator("#id_application"), "BLA761139")
    count.fill(page.locator("#id_reference"), "fda-2022-08")
    count.press(page.get_by_role("button", name="Show what it touches"))
    count.press(page.get_by_role("button", name="Record it"))
    drugadmin.told("Recorded.")


READ_ROWS = """(parts, names) => parts.map((part) => Object.fromEntries(names.map((name) => {
    const box = part.querySelector(`[name$="-${name}"]`);
    return [name, box.type === "checkbox" ? (box.checked ? "on" : "") : box.value];
})))"""


def saved_values(page: Page, related: str, *names: str) -> list[dict[str, str]]:
    """What the rows of a list hold once they are saved."""
    parts = page.locator(f"section.parts[data-parts={related}] > details.part")
    return parts.evaluate_all(READ_ROWS, list(names))


@pytest.mark.prove
def test_a_monograph_is_entered_from_nothing_in_few_fields_and_clicks_and_is_what_was_meant(person):
    drugadmin, monograph, decision = person("drugadmin"), Count(), Count()
    page = enter(drugadmin, monograph)
    print(f"the monograph: {monograph}")
    data = read_content(f"drugs/{DRUG}")
    effects = [*data["side_effects"][:3], *data["side_effects"][7:10]]
    meant = {
        "products": (data["products"], ("brand", "application_number", "authority", "formulation")),
        "doses": (data["doses"][:2], ("phase", "dose", "unit", "route", "every", "every_unit", "number", "age_group")),
        "side_effects": (effects, ("name", "signs", "what_to_do", "care_level", "serious")),
        "approvals": (
            data["approvals"][:2],
            ("plain", "cancer", "her2", "setting", "stage", "line", "prior", "is_alone", "age_group"),
        ),
    }  # fmt: skip
    for related, (rows, names) in meant.items():
        assert saved_values(page, related, *names) == [taken(row, *names) for row in rows]
    decide(drugadmin, page, decision)
    print(f"a decision: {decision}")
    assert monograph.fields <= MOST_FIELDS
    assert monograph.clicks <= MOST_CLICKS
    assert decision.fields <= MOST_FIELDS_OF_A_DECISION


def test_rows_are_added_by_keyboard_and_what_a_row_took_over_is_said(person):
    page = new_monograph(person("drugadmin"), "Entered by keyboard")
    doses = page.locator("section.parts[data-parts=doses]")
    for row in range(2):
        doses.locator(":scope > button").focus()
        page.keyboard.press("Enter")
        expect(doses.locator(f"[name=doses-{row}-phase]")).to_be_focused()
        page.keyboard.type("First")
        tab_to(page, f"[name=doses-{row}-dose]")
        page.keyboard.type("5.4")
        if row == 0:
            tab_to(page, "[name=doses-0-unit]")
            page.keyboard.press("ArrowDown")
    second = doses.locator("details.part").last
    expect(second.locator("[name$=-unit]")).to_have_value("mg-per-kg")
    expect(second.get_by_role("status").first).to_have_text("Filled in as in the row before. Check: Unit")
    expect(second.locator(".field-unit")).to_have_class("field field-unit is-filled")
    effects = page.locator("section.parts[data-parts=side_effects]")
    effects.get_by_text("Paste several lines").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.insert_text(
        "Hair loss\nWeak heart | Swollen ankles | Call us | call today\nA | b | c | d | e\nX | y | z | soon"
    )
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(effects.get_by_label("One line for each")).to_have_value("A | b | c | d | e\nX | y | z | soon")
    expect(effects.get_by_role("status").last).to_contain_text("The lines that are left could not be read.")
    expect(effects.locator("details.part")).to_have_count(2)
    expect(effects.locator("[name=side_effects-1-care_level]")).to_have_value("urgent")
    expect(effects.locator("[name=side_effects-1-serious]")).to_be_checked()
    expect(effects.locator("[name=side_effects-0-serious]")).not_to_be_checked()
    assert Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"] == []


def test_a_row_that_only_took_over_values_is_no_row(person):
    drugadmin = person("drugadmin")
    page = new_monograph(drugadmin, "Entered once")
    Count().add(page, "doses", phase="First", dose="5.4", unit="mg-per-kg", every="3", age_group="adults")
    Count().add(page, "doses")
    drugadmin.press("Save")
    drugadmin.told("Saved.")
    expect(page.locator("section.parts[data-parts=doses] > details.part:has(input[name$='-id'][value])")).to_have_count(
        1
    )


def test_a_setting_tells_the_stage_until_somebody_chooses_one(person):
    page = new_monograph(person("drugadmin"), "Entered in stages")
    Count().add(page, "approvals")
    setting, stage = (page.locator(f"[name=approvals-0-{name}]") for name in ("setting", "stage"))
    for chosen, told in (("before-surgery", "early"), ("metastatic", "advanced")):
        setting.select_option(chosen)
        expect(stage).to_have_value(told)
    stage.select_option("early")
    setting.select_option("maintenance")
    expect(stage).to_have_value("early")


def new_monograph(drugadmin: Person, name: str) -> Page:
    page = drugadmin.open("/admin/drugs/monograph/add/")
    page.locator("[name=title]").fill(name)
    drugadmin.press("Start writing")
    page.locator("section.parts > button").first.wait_for()
    return page
