"""Names of drugs that pages about cancer mention: international names in the scripts of the site, and brands.

One line for each drug, the international name first. A brand of another make of a drug that is given otherwise (under
the skin, say) is a drug of its own, because one cannot stand for the other. International names: WHO; brands: the FDA's
list of approved products; Chinese names: the National Medical Products Administration. Nobody qualified has read the
Arabic ones, of which several spellings are about.
"""

DRUGS = """
pembrolizumab|keytruda|بيمبروليزوماب|بمبروليزوماب|كيترودا|帕博利珠单抗|派姆单抗|可瑞达
pembrolizumab and berahyaluronidase alfa|pembrolizumab y berahialuronidasa alfa|pembrolizumab và berahyaluronidase alfa|帕博利珠单抗和 berahyaluronidase alfa|بيمبروليزوماب وبيراهيالورونيداز ألفا|keytruda qlex|كيترودا كيوليكس|كيترودا كليكس
nivolumab|opdivo|نيفولوماب|أوبديفو|纳武利尤单抗|纳武单抗|欧狄沃
nivolumab and hyaluronidase|nivolumab y hialuronidasa|nivolumab và hyaluronidase|نيفولوماب وهيالورونيداز|opdivo qvantig|أوبديفو كفانتيغ
ipilimumab|yervoy|إيبيليموماب|ايبيليموماب|يرفوي|伊匹木单抗|逸沃
atezolizumab|tecentriq|أتيزوليزوماب|اتيزوليزوماب|تيسنتريك|تيسينتريك|阿替利珠单抗|阿特珠单抗|泰圣奇
atezolizumab and hyaluronidase|atezolizumab y hialuronidasa|atezolizumab và hyaluronidase|أتيزوليزوماب وهيالورونيداز|tecentriq hybreza|تيسنتريك هايبريزا
durvalumab|imfinzi|دورفالوماب|إمفينزي|度伐利尤单抗|英飞凡
avelumab|bavencio|أفيلوماب|بافينسيو|阿维鲁单抗|阿维单抗
dostarlimab|dostarlimab-gxly|jemperli|دوستارليماب|جيمبرلي|多塔利单抗
cemiplimab|libtayo|سيميبليماب|ليبتايو|西米普利单抗
tremelimumab|imjudo|تريميليموماب|替西木单抗|曲美木单抗
toripalimab|loqtorzi|توريباليماب|特瑞普利单抗|拓益
retifanlimab|zynyz|瑞弗利单抗
trastuzumab|herceptin|تراستوزوماب|هيرسيبتين|هرسبتين|曲妥珠单抗|赫赛汀
trastuzumab and hyaluronidase|trastuzumab y hialuronidasa|trastuzumab và hyaluronidase|تراستوزوماب وهيالورونيداز|herceptin hylecta|هيرسيبتين هايلكتا
trastuzumab deruxtecan|fam-trastuzumab deruxtecan|fam-trastuzumab deruxtecan-nxki|trastuzumab deruxtecán|t-dxd|enhertu|تراستوزوماب ديروكستيكان|إنهيرتو|إنهرتو|德曲妥珠单抗|优赫得
trastuzumab emtansine|ado-trastuzumab emtansine|trastuzumab emtansina|trastuzumab-emtansine|t-dm1|kadcyla|تراستوزوماب إمتانسين|تراستوزوماب امتانسين|كادسيلا|恩美曲妥珠单抗|赫赛莱
pertuzumab|perjeta|بيرتوزوماب|بيرجيتا|帕妥珠单抗|帕捷特
pertuzumab, trastuzumab, and hyaluronidase|phesgo|فيسغو|فيسجو|赫双妥
margetuximab|margenza|مارجيتوكسيماب|马吉妥昔单抗
sacituzumab govitecan|sacituzumab govitecán|sacituzumab govitecan-hziy|trodelvy|ساسيتوزوماب غوفيتيكان|ساسيتوزوماب جوفيتيكان|تروديلفي|戈沙妥珠单抗|拓达维
datopotamab deruxtecan|datopotamab deruxtecán|datroway|داتوبوتاماب ديروكستيكان|德达博妥单抗
bevacizumab|avastin|بيفاسيزوماب|أفاستين|贝伐珠单抗|安维汀
rituximab|rituxan|mabthera|ريتوكسيماب|利妥昔单抗|美罗华
cetuximab|erbitux|سيتوكسيماب|西妥昔单抗
denosumab|xgeva|prolia|دينوسوماب|地舒单抗|狄诺塞麦
infliximab|remicade|إنفليكسيماب|انفليكسيماب|英夫利昔单抗|英夫利西单抗|类克
tocilizumab|actemra|توسيليزوماب|托珠单抗|雅美罗
vedolizumab|entyvio|فيدوليزوماب|维得利珠单抗
adalimumab|humira|أداليموماب|阿达木单抗
palbociclib|ibrance|بالبوسيكليب|إبرانس|哌柏西利|爱博新
ribociclib|kisqali|ريبوسيكليب|كيسكالي|瑞波西利|瑞柏西利
abemaciclib|verzenio|أبيماسيكليب|فيرزينيو|阿贝西利|唯择
olaparib|lynparza|أولاباريب|لينبارزا|奥拉帕利|利普卓
talazoparib|talzenna|تالازوباريب|他拉唑帕利
niraparib|zejula|نيراباريب|尼拉帕利
rucaparib|rubraca|روكاباريب|卢卡帕利
lapatinib|tykerb|لاباتينيب|拉帕替尼
neratinib|nerlynx|نيراتينيب|奈拉替尼
tucatinib|tukysa|توكاتينيب|图卡替尼
alpelisib|piqray|ألبيليسيب|阿培利司
capivasertib|truqap|كابيفاسيرتيب|卡匹色替
elacestrant|orserdu|إيلاسيسترانت|艾拉司群
everolimus|afinitor|إيفيروليموس|依维莫司
tamoxifen|tamoxifeno|nolvadex|soltamox|تاموكسيفين|他莫昔芬|三苯氧胺
letrozole|letrozol|femara|ليتروزول|来曲唑
anastrozole|anastrozol|arimidex|أناستروزول|阿那曲唑
exemestane|exemestano|aromasin|إكسيميستان|依西美坦
fulvestrant|faslodex|فولفيسترانت|氟维司群
goserelin|goserelina|zoladex|غوسيريلين|جوسيريلين|戈舍瑞林
leuprolide|leuprorelin|leuprorelina|leuprolida|lupron|ليوبروليد|ليوبروريلين|亮丙瑞林
paclitaxel|taxol|باكليتاكسيل|紫杉醇
nab-paclitaxel|paclitaxel protein-bound|paclitaxel unido a proteínas|paclitaxel unido a albúmina|باكليتاكسيل المرتبط بالبروتين|abraxane|ناب-باكليتاكسيل|ناب باكليتاكسيل|白蛋白结合型紫杉醇|白蛋白紫杉醇
docetaxel|taxotere|دوسيتاكسيل|多西他赛|多西紫杉醇
carboplatin|carboplatino|كاربوبلاتين|卡铂
cisplatin|cisplatino|سيسبلاتين|顺铂
oxaliplatin|oxaliplatino|أوكساليبلاتين|奥沙利铂
doxorubicin|doxorubicina|adriamycin|دوكسوروبيسين|多柔比星|阿霉素
epirubicin|epirubicina|إبيروبيسين|表柔比星
cyclophosphamide|ciclofosfamida|cyclophosphamid|سيكلوفوسفاميد|环磷酰胺
capecitabine|capecitabina|xeloda|كابيسيتابين|卡培他滨|希罗达
gemcitabine|gemcitabina|جيمسيتابين|吉西他滨
eribulin|eribulina|halaven|إريبولين|艾立布林
vinorelbine|vinorelbina|فينوريلبين|长春瑞滨
ixabepilone|ixabepilona|伊沙匹隆
fluorouracil|fluorouracilo|5-fu|فلورويوراسيل|氟尿嘧啶
methotrexate|metotrexato|ميثوتريكسات|甲氨蝶呤
pemetrexed|培美曲塞
prednisone|prednisona|بريدنيزون|泼尼松|强的松
prednisolone|prednisolona|بريدنيزولون|泼尼松龙
methylprednisolone|metilprednisolona|ميثيل بريدنيزولون|甲泼尼龙|甲基强的松龙
dexamethasone|dexametasona|ديكساميثازون|地塞米松
hydrocortisone|hidrocortisona|هيدروكورتيزون|氢化可的松
acetaminophen|paracetamol|acetaminofén|tylenol|باراسيتامول|أسيتامينوفين|تايلينول|对乙酰氨基酚|扑热息痛|泰诺
ibuprofen|ibuprofeno|advil|motrin|إيبوبروفين|布洛芬
naproxen|naproxeno|نابروكسين|萘普生
aspirin|aspirina|أسبرين|阿司匹林
levothyroxine|levotiroxina|ليفوثيروكسين|左甲状腺素
insulin|insulina|إنسولين|الأنسولين|أنسولين|胰岛素
warfarin|warfarina|وارفارين|华法林
metformin|metformina|ميتفورمين|二甲双胍
loperamide|loperamida|imodium|لوبيراميد|洛哌丁胺
ondansetron|ondansetrón|أوندانسيترون|昂丹司琼
zoledronic acid|ácido zoledrónico|axit zoledronic|zometa|حمض الزوليدرونيك|唑来膦酸
mycophenolate|micofenolato|mycophenolate mofetil|ميكوفينولات|吗替麦考酚酯
"""
