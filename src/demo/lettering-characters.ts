/** The characters whose outlines are kept in `assets/lettering`. */
const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join("");

export const latinCharacters = `${ascii}£€¥°±·×–—‘’“”…•àáâäçèéêëíîïñóôöùúûüß`;

const chinesePunctuation = "，。：；？！、（）《》“”·…—";

/** On the demo's signs and slides; kept in bold too. */
export const signCharacters =
  "东南西北中上下大小路街道巷桥门口站园山海江河湖人民解放建设和平文化长安学院公共汽车出入停前方左右转禁止通行慢请勿京广州成都重庆武汉深圳华新光明胜利友谊复兴春风花木青年红星医银机场火地铁向市府";

const commonCharacters =
  "的一是不了在有我他这为之来以个用们到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所" +
  "经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政" +
  "四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情" +
  "者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光" +
  "六七八百千万元月日时分秒价钱票号页第图片视频声音文件搜索找什么哪谁时候进门走开关灯猫狗鸟树花草雪雨云星夜晨晚早午" +
  "红橙黄绿青蓝紫粉黑白灰棕";

export const chineseCharacters = [...new Set(chinesePunctuation + signCharacters + commonCharacters)].join(
  "",
);
