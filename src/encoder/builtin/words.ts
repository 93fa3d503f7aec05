/** Words and what they mean, as concept ids of `concepts.ts`: English and Chinese, lower case. */
export const wordsOfColours: Readonly<Record<string, readonly string[]>> = {
  black: ["black", "黑", "黑色"],
  white: ["white", "白", "白色"],
  grey: ["grey", "gray", "silver", "silvery", "灰", "灰色", "银色", "银灰色"],
  red: ["red", "crimson", "scarlet", "maroon", "dark red", "reddish", "红", "红色", "深红", "大红", "暗红色"],
  orange: ["orange", "amber", "橙", "橙色", "橘色", "橘红色", "桔色"],
  yellow: ["yellow", "golden", "yellowish", "黄", "黄色", "金黄色"],
  green: ["green", "dark green", "light green", "lime", "olive", "greenish", "绿", "绿色", "深绿", "浅绿", "草绿色"],
  blue: ["blue", "navy", "azure", "light blue", "dark blue", "sky blue", "bluish", "蓝", "蓝色", "深蓝", "浅蓝", "天蓝色", "深蓝色", "浅蓝色"],
  purple: ["purple", "violet", "indigo", "lilac", "lavender", "紫", "紫色", "紫罗兰色"],
  pink: ["pink", "magenta", "rosy", "粉", "粉色", "粉红", "粉红色", "桃红色"],
  brown: ["brown", "tan", "brownish", "棕", "棕色", "褐色", "咖啡色", "茶色"],
};

export const wordsOfLight: Readonly<Record<string, readonly string[]>> = {
  dark: ["dark", "darkness", "dim", "gloomy", "night", "nighttime", "unlit", "黑暗", "昏暗", "暗", "夜晚", "夜里", "晚上", "夜间"],
  bright: ["bright", "brightly lit", "sunny", "luminous", "明亮", "亮", "光亮", "阳光明媚"],
  day: ["day", "daytime", "daylight", "白天", "日间"],
  colourful: ["colourful", "colorful", "vivid", "saturated", "鲜艳", "彩色", "五颜六色", "色彩丰富"],
  colourless: ["colourless", "colorless", "monochrome", "greyscale", "grayscale", "black and white", "black-and-white", "黑白", "无色", "单色"],
  hazy: ["hazy", "foggy", "misty", "fog", "mist", "haze", "雾", "有雾", "雾蒙蒙", "朦胧"],
};

export const wordsOfTexture: Readonly<Record<string, readonly string[]>> = {
  smooth: ["smooth", "plain", "uniform", "blank", "光滑", "平滑", "纯色", "空白"],
  gradient: ["gradient", "渐变"],
  striped: ["striped", "stripes", "stripe", "stripy", "条纹", "斑马纹"],
  "horizontal stripes": ["horizontal stripes", "horizontally striped", "横条纹", "水平条纹", "横纹"],
  "vertical stripes": ["vertical stripes", "vertically striped", "竖条纹", "垂直条纹", "竖纹"],
  "diagonal stripes": ["diagonal stripes", "diagonally striped", "斜条纹", "斜纹"],
  checked: ["checked", "checkered", "chequered", "checkerboard", "chessboard", "格子", "棋盘", "方格"],
  dotted: ["dotted", "dots", "spotted", "polka dots", "圆点", "波点", "斑点"],
  rough: ["rough", "textured", "coarse", "粗糙", "有纹理"],
  noisy: ["noisy", "grainy", "noise", "噪点", "颗粒"],
  "lines of text": ["lines of text", "page of text", "written page", "一页文字", "成行文字"],
};

export const wordsOfPlaces: Readonly<Record<string, readonly string[]>> = {
  left: ["left", "left side", "左", "左边", "左侧", "左面"],
  right: ["right", "right side", "右", "右边", "右侧", "右面"],
  top: ["top", "upper", "above", "上面", "上方", "上边", "顶部"],
  bottom: ["bottom", "lower", "below", "下面", "下方", "下边", "底部"],
  centre: ["centre", "center", "middle", "central", "中间", "中央", "中心", "正中"],
};

export const wordsOfScenes: Readonly<Record<string, readonly string[]>> = {
  sky: ["sky", "天空", "蓝天"],
  grass: ["grass", "lawn", "meadow", "grassland", "草地", "草坪", "草原"],
  sea: ["sea", "ocean", "sea water", "大海", "海洋", "海水", "海面"],
  snow: ["snow", "snowy", "snowfield", "雪", "雪地", "积雪"],
  sunset: ["sunset", "sunrise", "dusk", "dawn", "日落", "夕阳", "日出", "黄昏", "晚霞"],
  forest: ["forest", "woods", "woodland", "森林", "树林"],
  sand: ["sand", "beach", "desert", "sandy", "沙滩", "沙漠", "沙地"],
};
