// What the desk adds to the prose editor: tables with a caption, the first number of a list, and buttons with names in
// the language of the desk. What is exported here stands in the place of the library's extension of that name.
import {
  Extension,
  Link as LibraryLink,
  OrderedList as LibraryOrderedList,
  Subscript as LibrarySubscript,
  Superscript as LibrarySuperscript,
  Table as LibraryTable,
  TableCell as LibraryTableCell,
  TableHeader as LibraryTableHeader,
  updateAttrsDialog,
} from "django-prose-editor/editor";

// Nothing stands above and below the line at once.
export const Subscript = LibrarySubscript.extend({ excludes: "superscript" });
export const Superscript = LibrarySuperscript.extend({ excludes: "subscript" });

// A cell holds words: lists and tables within cells are not kept.
export const TableCell = LibraryTableCell.extend({ content: "paragraph+" });
export const TableHeader = LibraryTableHeader.extend({ content: "paragraph+" });

/** A dialog of the library with its buttons in the language of the desk; resolves to the answers, null without. */
const ask = (editor, properties, values, labels, submitText) => {
  const answer = updateAttrsDialog(properties, { submitText })(editor, values);
  for (const button of document.querySelectorAll(".prose-editor-dialog [value=cancel]")) button.textContent = labels.cancel;
  return answer;
};
const number = (title, min, max) => ({ type: "number", format: "number", title, min: String(min), max: String(max), required: true });

const columnsAt = (editor) => {
  const { $from } = editor.state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type.name === "tableRow") return $from.node(depth).childCount;
  }
  return 0;
};

// Lines of 16 units: the table, then what the button does to it.
const drawn = (marks) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="18" height="18" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true">${marks}</svg>`;
const ICONS = {
  addRowBefore: '<rect x="3" y="13" width="18" height="8"/><path d="M12 2v8M8 6h8"/>',
  addRowAfter: '<rect x="3" y="3" width="18" height="8"/><path d="M12 14v8M8 18h8"/>',
  addColumnBefore: '<rect x="13" y="3" width="8" height="18"/><path d="M2 12h8M6 8v8"/>',
  addColumnAfter: '<rect x="3" y="3" width="8" height="18"/><path d="M14 12h8M18 8v8"/>',
  deleteRow: '<rect x="3" y="3" width="18" height="8"/><path d="M8 18h8"/>',
  deleteColumn: '<rect x="3" y="3" width="8" height="18"/><path d="M14 12h8"/>',
  toggleHeaderRow: '<rect x="3" y="3" width="18" height="18"/><path d="M3 6h18M3 9h18"/>',
  toggleHeaderColumn: '<rect x="3" y="3" width="18" height="18"/><path d="M6 3v18M9 3v18"/>',
  deleteTable: '<rect x="3" y="3" width="18" height="18"/><path d="M8 8l8 8M16 8l-8 8"/>',
};

export const Table = LibraryTable.extend({
  addOptions() {
    return { ...this.parent?.(), labels: {}, mostColumns: 8 };
  },

  addAttributes() {
    const parseHTML = (table) => table.querySelector(":scope > caption")?.textContent.trim() ?? "";
    return { ...this.parent?.(), caption: { default: "", rendered: false, parseHTML } };
  },

  parseHTML() {
    return [{ tag: "table" }, { tag: "caption", ignore: true }];
  },

  renderHTML({ node, HTMLAttributes }) {
    const caption = node.attrs.caption ? [["caption", {}, node.attrs.caption]] : [];
    return ["table", HTMLAttributes, ...caption, ["tbody", 0]];
  },

  // The caption is written in a box of its own above the rows.
  addNodeView() {
    const viewOf = this.parent?.();
    const label = this.options.labels.caption;
    return (props) => {
      const tableView = viewOf(props);
      const { view, getPos, editor } = props;
      const box = Object.assign(document.createElement("input"), {
        type: "text", value: props.node.attrs.caption, placeholder: label, readOnly: !editor.isEditable,
      });
      box.setAttribute("aria-label", label);
      box.addEventListener("input", () => {
        view.dispatch(view.state.tr.setNodeAttribute(getPos(), "caption", box.value));
      });
      box.addEventListener("keydown", (event) => {
        if (event.key === "Enter") event.preventDefault(); // it would send the form
      });
      const caption = document.createElement("caption");
      caption.contentEditable = "false";
      caption.append(box);
      tableView.table.prepend(caption);
      const update = tableView.update;
      tableView.update = (node) => {
        if (!update(node)) return false;
        if (box.value !== node.attrs.caption) box.value = node.attrs.caption;
        return true;
      };
      tableView.stopEvent = (event) => event.target === box;
      return tableView;
    };
  },

  addCommands() {
    const { labels, mostColumns } = this.options;
    const properties = {
      caption: { title: labels.caption },
      rows: number(labels.rows, 1, 100),
      columns: number(labels.columns, 1, mostColumns),
      hasHeaderRow: { type: "boolean", title: labels.hasHeaderRow },
    };
    const values = { rows: "3", columns: "2", hasHeaderRow: true };
    return {
      ...this.parent?.(),
      insertTableWithOptions: () => ({ editor }) => {
        ask(editor, properties, values, labels, labels.insert).then((answer) => {
          if (!answer) return;
          const { caption, hasHeaderRow: withHeaderRow } = answer;
          const [rows, cols] = [answer.rows, answer.columns].map(Number);
          editor.chain().focus().insertTable({ rows, cols, withHeaderRow }).updateAttributes("table", { caption }).run();
        });
      },
    };
  },

  addMenuItems({ menu, buttons }) {
    const { mostColumns } = this.options;
    menu.defineItem({
      name: "table:insert",
      groups: "table",
      button: buttons.material("grid_on"),
      command: (editor) => editor.commands.insertTableWithOptions(),
      hidden: (editor) => editor.isActive("table"),
    });
    for (const [command, icon] of Object.entries(ICONS)) {
      menu.defineItem({
        name: `table:${command}`,
        groups: "table",
        button: buttons.svg(drawn(icon)),
        command: (editor) => editor.chain().focus()[command]().run(),
        enabled: (editor) => !command.startsWith("addColumn") || columnsAt(editor) < mostColumns,
        hidden: (editor) => !editor.isActive("table"),
      });
    }
  },
});

// A link has an address and no more: the library asks for a title too, which is not kept.
export const Link = LibraryLink.extend({
  addOptions() {
    return { ...this.parent?.(), labels: {} };
  },

  addCommands() {
    const { labels } = this.options;
    const { name } = this;
    return {
      ...this.parent?.(),
      addLink: () => ({ editor }) => {
        const isOn = editor.isActive(name);
        if (editor.state.selection.empty && !isOn) return;
        const properties = { href: { type: "string", title: labels.address, description: labels.allowed, required: true } };
        ask(editor, properties, editor.getAttributes(name), labels, labels.set).then((answer) => {
          if (!answer) return;
          const chain = editor.chain().focus();
          (isOn ? chain.extendMarkRange(name).updateAttributes(name, answer) : chain.setMark(name, answer)).run();
        });
      },
    };
  },
});

export const OrderedList = LibraryOrderedList.extend({
  addOptions() {
    return { ...this.parent?.(), labels: {} };
  },

  // The library's letters and Roman numerals are not kept: a list has a first number and no more.
  addAttributes() {
    const { start } = this.parent?.() ?? {};
    return { start };
  },

  addNodeView() {
    return ({ node }) => {
      const dom = document.createElement("ol");
      dom.start = node.attrs.start;
      return { dom, contentDOM: dom };
    };
  },

  addCommands() {
    const { labels } = this.options;
    return {
      ...this.parent?.(),
      updateListAttributes: () => ({ editor }) => {
        const { start } = editor.getAttributes("orderedList");
        const properties = { start: number(labels.start, 0, 9999) };
        ask(editor, properties, { start: String(start ?? 1) }, labels, labels.set).then((answer) => {
          if (answer) editor.chain().focus().updateAttributes("orderedList", { start: Number(answer.start) }).run();
        });
      },
    };
  },
});

// Names for all buttons, the library's too. It stands last among the extensions, when every button is defined.
export const Toolbar = Extension.create({
  name: "toolbar",

  addOptions() {
    return { labels: {} };
  },

  // The library's rules for pasted text turn *two* into italics and a link whose words look like an address into a link
  // to those words. What is pasted was read by the server (paste.js), and stays as it is.
  onBeforeCreate() {
    this.editor.options.enablePasteRules = false;
  },

  addMenuItems({ _definedItems: items }) {
    for (const [name, label] of Object.entries(this.options.labels)) {
      const button = items[name]?.button;
      if (!button) continue;
      button.title = label;
      button.setAttribute("aria-label", label);
    }
  },
});
