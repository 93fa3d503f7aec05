import { buildLexicon } from "./lexicon.ts";

/** English words and phrases that the built-in responder understands. Inflected forms are found by `wordForms`. */
export const lexiconEn = buildLexicon({
  asks: {
    when: "when|what time|at what time|at which time|which moment|what moment|how soon|timestamp|since when|whens",
    where:
      "where|in which place|at which place|what place|which place|what location|which direction|what direction|wheres|which side|what side|from which side",
    what: "what|whats|who|whos|whom|why|how|tell me|describe|explain|summarise|summarize|whose",
    find: "find|show|show me|find me|search|search for|look for|locate|get me|give me|display|see|seen|open|jump to|go to|take me to|bring up",
    "how-many": "how many|number of|count|count of|the number of|how often|how many times|total number of",
    "how-much": "how much|what amount|what sum|what price|what is the amount of|how expensive",
    "how-long": "how long|what duration|for how long|how many seconds|how many minutes|duration",
    read: "read|reads|reading|transcribe|text on|text in|text of|the text|what text|written|write|wrote|says|spell|ocr",
    say: "say|said|saying|speak|spoke|spoken|mention|mentioned|told|talks about|talked about|talking about|tell about|discuss|discussed|explains",
    about: "what is it about|about|topic|subject|summary|summarise|summarize|main point|gist|overview",
    list: "list|list all|which files|what files|what do i have|what is in my library|what is in the library|what is indexed|what do you have|what have you got|what have i got|everything|all files|my files|my library",
    which: "which|which one|which ones|which of|what kind of",
    exists:
      "is there|are there|was there|were there|is there any|are there any|do i have|do you have|have i got|do you see|can you see|does it show|any sign of|contain|contains",
    compare: "compare|difference between|versus|vs|comparison|or is",
    colour: "what color|what colour|which color|which colour|what colors|what colours|color of|colour of",
    clip: "export|cut out|make a clip|export a clip|save a clip|export clip|export the clip|save the clip|clip it|cut a clip|make a clip of|save clip|create a clip|extract a clip",
    help: "help|what can you do|who are you|what are you|how do you work|what do you do|how does this work|what can i ask|usage",
    greeting: "hello|hi|hey|good morning|good evening|good afternoon|thanks|thank you|thx|cheers|bye|goodbye",
  },
  events: {
    visits:
      "pass|pass by|passes by|passed by|passing by|cross|drive|drives|drive by|drives by|drove by|driving by|go by|goes by|went by|going by|drive past|drives past|drove past|go past|walk past|walks past|walked past|walk by|walks by|come by|comes by|move through|drive through|pass through|walk through|visit|appear|show up|shows up|showed up|come into view|comes into view|visible|in the picture|in view|on screen|in frame",
    enters:
      "enter|come|comes|came|come in|comes in|came in|coming in|come into|comes into|came into|coming into|walk in|walks in|walked in|walking in|walk into|walks into|walked into|arrive|arrival|drive in|drives in|drove in|get in|gets in|step in|steps in|go in|goes in|went in|go into|goes into|went into|enters from|entrance|drive into|drives into|come from|comes from|came from|coming from|show up at",
    leaves:
      "leave|leaving|go|goes|went|exit|exits|go out|goes out|went out|go away|goes away|went away|walk out|walks out|walked out|drive off|drives off|drove off|drive away|drives away|drove away|walk away|walks away|depart|departure|get out|gets out|leaves from|go off|gone|come out|comes out|came out|left the room|left the picture|step out|steps out",
    appears:
      "put down|puts down|put|puts|place down|placed|bring back|brings back|brought back|bring|put back|puts back|returned|dropped|drop|set down|sets down|deliver|delivered",
    disappears:
      "disappear|vanish|take|takes|took|taken|taking|take away|takes away|took away|taken away|remove|removed|steal|stole|stolen|pick up|picks up|picked up|grab|grabbed|missing",
    moves: "move|movement|motion|moving",
    "camera-moves":
      "camera move|camera moves|camera moved|camera pan|camera pans|the camera move|pan|pans|panned|camera shake|camera movement|camera motion|camera turn|camera turns",
    any: "happen|happens|happened|happening|going on|goes on|take place|takes place|took place|occur|occurs|change|changes|changed|activity|event|events|action|whats up",
  },
  colours: {
    black: "black",
    white: "white",
    grey: "grey|gray|silver",
    red: "red|crimson|scarlet|reddish",
    orange: "orange",
    yellow: "yellow|golden",
    green: "green|greenish",
    blue: "blue|navy|bluish|azure|cyan|turquoise",
    purple: "purple|violet|magenta",
    pink: "pink",
    brown: "brown|beige",
  },
  sides: {
    left: "left side|from the left|on the left|to the left|at the left|left edge|left hand side|the left|left",
    right:
      "right side|from the right|on the right|to the right|at the right|right edge|right hand side|the right|right",
    top: "top|above|from above|upper|top edge|from the back|far end",
    bottom: "bottom|below|from below|lower|bottom edge|underneath|near end",
  },
  nouns: {
    mover:
      "something=物体|anything=物体|object=物体|objects=物体|thing|things|it all|items|moving object|moving objects|moving thing|moving things",
    being:
      "someone=人|anyone=人|somebody=人|anybody=人|nobody=人|everybody=人|everyone=人|person=人|people=人|persons=人|man=男人|men=男人|woman=女人|women=女人|child=孩子|children=孩子|kid=孩子|boy=男孩|girl=女孩|guy|lady|visitor=访客|visitors=访客|intruder|thief|pedestrian=行人|pedestrians=行人|dog=狗|dogs=狗|cat=猫|cats=猫|animal=动物|bird=鸟|horse=马|hand=手|baby=婴儿|human=人|worker|customer|postman|courier",
    vehicle:
      "car=车|cars=车|vehicle=车辆|vehicles=车辆|bus=公交车/巴士|buses=公交车/巴士|truck=卡车|lorry=卡车|van=面包车|taxi=出租车|bike=自行车|bicycle=自行车|motorcycle=摩托车|motorbike=摩托车|scooter|tram=电车|sports car=跑车|traffic|ambulance=救护车|automobile=汽车|suv|pickup|tractor|boat=船|ship=船|plane=飞机|train=火车",
    writing:
      "sign=标志/路牌/招牌|street sign=路牌|road sign=路牌|signpost=路牌|dialog=对话框|dialogue=对话框|error=错误|message=消息|popup=弹窗|pop-up=弹窗|slide=幻灯片|slides=幻灯片|screen=屏幕|screenshot=截图|label=标签|poster=海报|banner|board|whiteboard=白板|number plate=车牌|licence plate=车牌|license plate=车牌|plate=车牌|caption=字幕|title=标题|heading|warning=警告|notice=通知|window|text|word|words|line|button|code|serial number|menu",
    paper:
      "invoice=发票|bill=账单|receipt=收据|contract=合同|letter=信|report=报告|statement|quote|order=订单|ticket=票|form|manual=手册|notes=笔记|note=笔记|book=书|paper=论文|certificate|recipe|minutes",
    speech:
      "talk=演讲|speaker=演讲者|speech=演讲|lecture=讲座|presentation=演讲|presenter=演讲者|narrator|interview=采访|meeting=会议|conversation=对话|subtitle=字幕|subtitles=字幕|transcript|webinar|lesson|podcast|voice|audio",
    place:
      "room=房间|street=街|road=路|kitchen=厨房|office=办公室|garden=花园|door=门|house=房子|home=家|shop=商店|hall=大厅|yard=院子|garage=车库|driveway|parking lot=停车场|living room=客厅|bedroom=卧室|entrance hall|stairs|corridor|lobby|building|frame|scene",
    thing:
      "bottle=瓶子|box=盒子|bag=包|cup=杯子|lamp=灯|light=灯|phone=手机|book=书|parcel=包裹|package=包裹|key=钥匙|keys=钥匙|beach=海滩|sunset=日落|mountain=山|sea=海|sky=天空|tree=树|flower=花|snow=雪|forest=森林|lake=湖|water=水|night=夜晚|city=城市|cake=蛋糕",
  },
  kinds: {
    image:
      "photo|photos|picture|pictures|image|images|photograph|photographs|pic|pics|snapshot|snapshots|gif|png|jpg|jpeg",
    video:
      "video|videos|clip|clips|movie|movies|film|films|recording|recordings|footage|screen recording|screencast",
    audio:
      "sound file|sound files|audio file|audio files|songs|song|music|audio recording|sound recording|mp3",
    document: "document|documents|pdf|pdfs|doc|docs|text file|text files|files|file|markdown",
  },
  ordinals: {
    "1": "first|1st|at the beginning|at the start|in the beginning|at the very beginning|first one|the first|number one|earliest|the first one|first time",
    "2": "second|2nd|second one|the second one|number two|second time|the other|the other one|other one",
    "3": "third|3rd|third one|number three|third time",
    "4": "fourth|4th|fourth one|number four",
    "5": "fifth|5th|fifth one|number five",
    "6": "sixth|6th|sixth one",
    "7": "seventh|7th",
    "8": "eighth|8th",
    "-1": "last|at the end|at the very end|in the end|last one|final|the last one|latest one|last time",
  },
  refers: {
    it: "it|its|that|this|he|she|his|her|him|that one|this one|the one|the same|same one|that moment|this moment|then",
    them: "them|they|these|those|of them|of these|of those|their|both",
    there:
      "there|here|at that moment|at this moment|in that video|in this video|in that picture|in that clip",
  },
  relations: {
    before: "before|prior to|previous|previously|just before|right before|earlier than|before that|precede",
    after:
      "after|afterwards|next|following|after that|and then|later|what next|just after|right after|what then|after this|follow|subsequently",
  },
  ranks: {
    longest: "longest|the longest|longer",
    shortest: "shortest|shorter|briefest",
    largest: "largest|biggest|bigger|larger|heaviest|greatest",
    smallest: "smallest|smaller|tiniest",
    newest: "newest|newer|most recent|latest",
    oldest: "oldest|older|earliest photo|earliest video",
  },
  amounts:
    "total|amount|sum|price|cost|costs|amount due|balance due|to pay|paid|pay|fee|owe|owed|grand total|charge|charged|expensive|how much money",
  stops:
    "a|an|the|is|are|was|were|be|been|do|does|did|has|have|had|can|could|would|will|should|shall|may|might|please|in|on|at|of|from|to|for|with|by|into|onto|out|off|and|or|but|so|if|as|my|me|i|we|us|our|you|your|not|no|any|some|all|each|every|there's|just|also|again|ever|still|now|one|ones|time|times|moment|moments|shot|shots|part|point|section|exactly|more|most|much|many|very|let|want|need|know|think|like|look|looks|looking|through|over|across|via|per|than|too|up to|sort of|kind of|whether|that is|across|am|got|get|gets|make|made|us|off|own|library|during|while|within|between|different|other|another|others|same time|whole|entire|only|page|pages|first of all|along|yes|ok|okay|dont|didnt|doesnt|isnt|um|uh|anywhere|somewhere|ago|stay|stays|stayed|last for|use|used|using|called|named|name|titled|which is",
});
