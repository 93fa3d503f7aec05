import { buildLexicon } from "./lexicon.ts";

/** Chinese words that the built-in responder understands; found by the longest match, as there are no spaces. */
export const lexiconZh = buildLexicon({
  asks: {
    when: "什么时候|何时|几点|什么时间|哪个时刻|哪一刻|几时|啥时候|时间是|在什么时候|多会儿|第几秒|几分几秒",
    where: "哪里|哪儿|在哪|在哪里|何处|什么地方|哪个地方|哪边|从哪边|哪一边|从哪里|往哪里|去哪",
    what: "什么|啥|谁|怎么|为什么|为何|怎样|如何|描述|解释|告诉我|总结",
    find: "找|找到|找出|查找|搜索|显示|给我看|看看|展示|定位|找一下|帮我找|寻找|打开|跳到",
    "how-many":
      "多少|几个|几辆|几次|几人|几张|几部|几条|几份|几只|几位|多少个|多少辆|多少人|多少次|多少张|多少部|多少条|多少份|多少只|数量|总共有|一共有|有多少|有几个|有几辆|有几个人|有几人|有几张|几个人|几位人|多少位|数一下|数数",
    "how-much": "多少钱|金额|几块钱|什么价格|价格多少|花了多少|多少元|多贵|总金额|是多少钱",
    "how-long": "多久|多长时间|多长|持续多久|时长|停留多久|待了多久|几秒|几分钟",
    read: "读|念|写了什么|写着什么|写的什么|写的是什么|写了啥|写什么|写着|写的|读出|识别|上面写|上面的字|文字是什么|的文字|什么字|内容是什么|显示什么|显示了什么|认一下|读一下|念一下",
    say: "说了什么|说什么|说的什么|讲了什么|讲什么|说了啥|提到|谈到|说到|讲到|提及|谈论|讲的是什么|说|讲",
    about: "关于什么|主题|主要内容|大意|讲的什么|概要|是讲什么的|在讲什么|主旨|概括|总结一下",
    list: "列出|列举|有哪些|列表|都有什么|都有哪些|列一下|全部文件|所有文件|我的文件|我有什么|库里有什么|资料库里有什么|资料库有什么|索引了什么|哪些文件|什么文件",
    which: "哪个|哪一个|哪些|哪辆|哪一辆|哪张|哪只|哪位|哪部|哪一张|哪种",
    exists: "有没有|是否有|是否|有无|是不是|能看到|看得到|存在|看见过|有吗|出现过",
    compare: "比较|对比|相比|区别|还是|哪个更|谁更",
    colour: "什么颜色|颜色是什么|啥颜色|哪种颜色|颜色|什么色",
    clip: "导出|剪出|截取|剪辑|剪下|保存片段|导出片段|剪一段",
    help: "帮助|你能做什么|你是谁|你会什么|怎么用|如何使用|你可以做什么",
    greeting: "你好|您好|早上好|晚上好|谢谢|多谢|再见|嗨",
  },
  events: {
    visits:
      "经过|通过|路过|驶过|穿过|开过|走过|过去|横穿|出现|现身|露面|可见|在画面里|画面中|来过|开过去|走过去|穿越",
    enters:
      "进来|进入|进去|进|走进|走进来|驶入|开进|开进来|开来|到达|到来|来了|过来|进门|进屋|闯入|进场|入场|进房间|来自|来",
    leaves: "离开|出去|走出|走出去|驶出|走了|走开|开走|离去|出门|走掉|离场|退出|开出|出来|去了|走",
    appears: "放下|放|放上|放到|放回|摆上|放着|拿回来|送回|带回来|还回来|放进",
    disappears: "消失|不见|不见了|拿走|拿|取走|带走|偷走|拿掉|移走|取|被拿走|丢失|没了",
    moves: "移动|动|运动|在动",
    "camera-moves":
      "镜头移动|镜头转动|摄像机移动|摄像头移动|相机移动|镜头晃动|摇镜头|摄像头转动|镜头动|摄像头动",
    any: "发生|发生什么|发生了什么|发生了啥|变化|动静|活动|有什么变化|怎么回事|事件|情况|有什么事",
  },
  colours: {
    black: "黑色|黑",
    white: "白色|白",
    grey: "灰色|灰|银色|银灰色|银白色|银灰",
    red: "红色|红|大红|深红",
    orange: "橙色|橘色|橙|橘黄色|橙黄色",
    yellow: "黄色|黄|金色|金黄色",
    green: "绿色|绿",
    blue: "蓝色|蓝|天蓝色|深蓝色|浅蓝色|青色",
    purple: "紫色|紫",
    pink: "粉色|粉红色|粉红|粉",
    brown: "棕色|褐色|咖啡色|棕",
  },
  sides: {
    left: "左边|左侧|左面|左方|左",
    right: "右边|右侧|右面|右方|右",
    top: "上方|顶部|上边|上面进|上侧|从上面|从上|画面上方|顶上|上端",
    bottom: "下方|底部|下边|下侧|从下面|从下|画面下方|底下|下端",
  },
  nouns: {
    mover:
      "东西=object|物体=object|物品=object|移动物体=moving object|移动的物体=moving object|什么东西=object|移动的东西=object",
    being:
      "有人=person|人=person|某人=person|人们=people|行人=pedestrian|男人=man|女人=woman|男的|女的|孩子=child|小孩=child|男孩=boy|女孩=girl|访客=visitor|小偷|陌生人|狗=dog|猫=cat|动物=animal|鸟=bird|马=horse|手=hand|宝宝=baby|快递员|谁进",
    vehicle:
      "车=car|车辆=vehicle|汽车=car|小车=car|轿车=car|公交车=bus|巴士=bus|公共汽车=bus|大巴=bus|卡车=truck|货车=truck|面包车=van|出租车=taxi|自行车=bicycle|单车=bicycle|摩托车=motorcycle|摩托=motorcycle|电动车=scooter|跑车=sports car|救护车=ambulance|船=boat|飞机=plane|火车=train|电车=tram",
    writing:
      "标志=sign|路牌=street sign/sign|招牌=sign|牌子=sign|标牌=sign|指示牌=sign|对话框=dialog|错误=error|错误信息=error|错误提示=error|报错=error|出错=error|消息=message|弹窗=popup|提示框=dialog|提示=message|幻灯片=slide|屏幕=screen|截图=screenshot|标签=label|海报=poster|白板=whiteboard|车牌=number plate|标题=title|警告=warning|通知=notice|窗口=window|文字=text|字=text|按钮=button|菜单=menu",
    paper:
      "发票=invoice|账单=bill|收据=receipt|合同=contract|信=letter|报告=report|订单=order|票=ticket|手册=manual|笔记=notes|书=book|论文=paper|证书=certificate|菜谱=recipe",
    speech:
      "演讲=talk|演讲者=speaker|讲话=speech|讲座=lecture|报告会=talk|主讲人=speaker|讲者=speaker|采访=interview|会议=meeting|对话=conversation|字幕=subtitle|课程=lesson|播客=podcast|声音=audio|演示=presentation",
    place:
      "房间=room|屋子=room|屋里=room|房间里=room|街=street|街道=street|街上=street|马路=road|路=road|路上=road|厨房=kitchen|办公室=office|花园=garden|门=door|房子=house|家=home|家里=home|商店=shop|大厅=hall|院子=yard|车库=garage|停车场=parking lot|客厅=living room|卧室=bedroom|走廊=corridor|画面=frame",
    thing:
      "瓶子=bottle|盒子=box|包=bag|杯子=cup|灯=lamp|手机=phone|包裹=parcel|钥匙=key|海滩=beach|沙滩=beach|日落=sunset|夕阳=sunset|山=mountain|海=sea|天空=sky|树=tree|花=flower|雪=snow|森林=forest|湖=lake|水=water|夜晚=night|城市=city|蛋糕=cake",
  },
  kinds: {
    image: "照片|图片|相片|图像|图|张照片|张图片|动图",
    video: "视频|录像|影片|短片|片段|录屏|影像|部视频|监控",
    audio: "音频|录音|音乐|歌曲|歌|声音文件",
    document: "文档|文件|文本文件|份文件|份文档",
  },
  ordinals: {
    "1": "一开始|开头|第一个|第一|第一辆|第一张|第一次|第一位|第一部|最先|首个|第一份|最早",
    "2": "第二个|第二|第二辆|第二张|第二次|第二位|第二部|另一个|另外一个|另一辆|第二份",
    "3": "第三个|第三|第三辆|第三张|第三次|第三位|第三部",
    "4": "第四个|第四|第四辆|第四张|第四次",
    "5": "第五个|第五|第五辆|第五张|第五次",
    "6": "第六个|第六",
    "7": "第七个|第七",
    "8": "第八个|第八",
    "-1": "结尾|结束时|最后一个|最后|最后一辆|最后一张|最后一次|末尾",
  },
  refers: {
    it: "它|他|她|这个|那个|这|那|这辆|那辆|这张|那张|该|这一个|那一个|那辆车|这辆车|那个人|这个人",
    them: "它们|他们|她们|这些|那些|其中|当中|这几个|那几个|里面",
    there: "那里|那儿|这里|这儿|当时|那时|那时候|此时|此刻|那一刻|这个视频|那个视频|这段视频|那段视频",
  },
  relations: {
    before: "之前|以前|前面|在此之前|那之前|此前|前",
    after: "之后|以后|后来|接着|然后|随后|接下来|下一个|下一辆|那之后|此后|后面|紧接着|后",
  },
  ranks: {
    longest: "最长|更长|最长的|最久",
    shortest: "最短|更短|最短的",
    largest: "最大|更大|最大的",
    smallest: "最小|更小|最小的",
    newest: "最新|更新|最新的|最近的",
    oldest: "最旧|最老|最早的|最旧的|最早拍的|最早的照片",
  },
  amounts: "合计|总计|总额|总价|价格|费用|应付|付|要付|该付|付款|花费|总数|花了|付了|钱|元|价钱|共计|多少钱",
  stops:
    "的|了|吗|呢|吧|啊|呀|是|在|和|与|或|及|从|到|往|向|把|被|给|对|就|也|都|还|又|再|我|你|您|我们|你们|请|请问|帮我|帮|一下|一共|总共|上|下|里|中|内|边|个|辆|张|次|只|位|部|条|份|一个|一辆|一张|过|着|得|地|有|没有|没|不|想|要|能|可以|会|知道|看|时候|时间|时刻|这次|一|两|那么|吗|上面|下面|一些|任何|所有|全部|每|每个|每次|哪|几|多|很|最|更|些|种|拍的|拍摄|拍|叫做|名为|名叫|所|于|为|以及|样|出|关于|我的|你的|谁的|如果|开始|结束|里的|中的|上的|做|用",
});
