//! Traditional 汉字 to simplified ones, for comparing only: what is stored keeps the user's letters.

/// The simplified form of a 汉字; every other character as it is.
///
/// Covers the some 800 most used traditional forms. Where one form has several simplified ones, the
/// usual one is taken: keys are compared with keys, so the same choice on both sides is enough.
pub fn simplify(c: char) -> char {
    if !('\u{4E00}'..='\u{9FFF}').contains(&c) {
        return c;
    }
    let (mut from, mut to) = (0, PAIRS.len() / PAIR);
    while from < to {
        let middle = (from + to) / 2;
        let mut pair = PAIRS[middle * PAIR..][..PAIR].chars();
        let (Some(traditional), Some(simplified)) = (pair.next(), pair.next()) else {
            return c;
        };
        match traditional.cmp(&c) {
            std::cmp::Ordering::Equal => return simplified,
            std::cmp::Ordering::Less => from = middle + 1,
            std::cmp::Ordering::Greater => to = middle,
        }
    }
    c
}

/// The bytes of a pair: two characters of three bytes each.
const PAIR: usize = 6;

/// Pairs of a traditional character and its simplified form, in the order of the first.
const PAIRS: &str = "\
    丟丢並并乾干亂乱亞亚佈布佔占併并來来係系俠侠倆俩倉仓個个們们倫伦偉伟側侧偵侦傑杰備备傢家傳传債债傷伤傾倾僅仅働动僑侨僞伪價价儀仪億亿償偿優优儲储兇凶兒儿內内兩两\
    冊册凱凯別别則则剛刚剝剥創创劃划劇剧劉刘劍剑劑剂勁劲動动務务勝胜勞劳勢势勵励勸劝匯汇區区協协卻却卽即厭厌厲厉參参叢丛吳吴呂吕員员問问啓启喚唤喪丧喫吃喬乔單单嗎吗\
    嘆叹嘗尝噴喷噸吨嚇吓嚴严囙因國国圍围園园圓圆圖图團团執执堅坚報报場场塊块塗涂塲场塵尘壇坛壓压壞坏壩坝壯壮壽寿夠够夢梦夥伙夾夹奧奥奪夺奮奋妳你婦妇媽妈孫孙學学宮宫\
    實实寧宁審审寫写寬宽寶宝將将專专尋寻對对導导屆届屍尸層层屬属岡冈峯峰島岛峽峡崗岗嶺岭嶽岳巖岩帥帅師师帳帐帶带幣币幫帮幹干幾几庫库廟庙廠厂廢废廣广廳厅張张強强彆别\
    彈弹彌弥彎弯後后徑径從从復复徵征徹彻恆恒悶闷惡恶惱恼愛爱態态慘惨慣惯慮虑慶庆憂忧憑凭憤愤憲宪憶忆應应懷怀懸悬懼惧戀恋戰战戲戏戶户拋抛掃扫掛挂採采揚扬換换揮挥損损\
    搖摇搶抢撥拨撫抚撲扑擁拥擇择擊击擋挡擔担據据擠挤擧举擬拟擴扩擺摆擾扰攔拦攜携攝摄攷考敎教敗败敘叙敵敌數数斬斩斷断於于旹时時时晉晋暢畅暫暂曉晓曏向書书會会朞期朮术\
    東东條条棄弃楊杨業业極极榦干榮荣構构槍枪槤梿樂乐樓楼標标樞枢樣样樹树橋桥機机橫横檔档檢检檸柠欄栏權权欽钦歐欧歡欢歲岁歴历歷历歸归殘残殺杀殼壳毀毁氣气決决沒没況况\
    涼凉淚泪淨净淺浅減减測测渾浑湧涌湯汤準准溝沟溫温溼湿滅灭滷卤滾滚滿满漁渔漢汉漲涨漸渐潔洁潛潜潤润澤泽濃浓濟济灘滩灣湾災灾為为烏乌無无煉炼煙烟煩烦熱热燈灯燒烧燙烫\
    營营爐炉爛烂爭争爲为爺爷爾尔牀床牆墙牠它牽牵狀状猶犹獄狱獅狮獎奖獨独獲获獵猎獸兽獻献現现瑪玛環环產产産产畝亩畢毕畫画異异當当瘋疯療疗發发盜盗盡尽監监盤盘盧卢眞真\
    瞭了確确碼码磚砖礎础礙碍礦矿祕秘禍祸禎祯禮礼秊年秖只稅税種种稱称積积穩稳窩窝窮穷竝并競竞筆笔箇个節节範范築筑簡简籃篮籌筹籠笼籤签糧粮糰团糾纠紀纪約约紅红紋纹納纳\
    紐纽純纯紙纸級级紛纷紡纺細细紹绍終终組组結结絕绝絡络給给統统絲丝經经綜综綠绿維维綱纲網网緊紧緒绪線线緣缘編编緩缓緯纬練练縣县縫缝縮缩縱纵總总績绩織织繞绕繡绣繩绳\
    繪绘繫系繼继續续纔才纖纤缐线罰罚罵骂罷罢羅罗羣群義义習习聖圣聞闻聯联聲声職职聽听肅肃脅胁脈脉脫脱腦脑腫肿腳脚腸肠膚肤膠胶膽胆臉脸臘腊臨临臺台與与興兴舉举舊旧艙舱\
    艦舰艱艰芲花荊荆莊庄華华萊莱萬万葉叶著着蓋盖蓮莲蔣蒋蕩荡薦荐薩萨藍蓝藝艺藥药蘇苏蘋苹蘤花蘭兰處处虛虚號号虧亏蝦虾蟲虫衆众術术衕同衛卫衝冲裏里補补裝装裡里製制襲袭\
    見见規规視视親亲覺觉覽览觀观觸触訂订計计訊讯討讨訓训託托記记訪访設设許许訴诉診诊詔诏評评詞词詢询試试詩诗話话該该詳详誇夸認认語语誠诚誤误說说説说誰谁課课調调談谈\
    請请論论諮咨諸诸諾诺謀谋謂谓講讲謝谢證证識识譜谱譯译議议護护譽誉讀读變变讓让豈岂豐丰豬猪貓猫貝贝負负財财貢贡貧贫貨货貪贪貫贯責责貴贵買买貸贷費费貼贴貿贸賀贺資资\
    賈贾賊贼賓宾賜赐賞赏賢贤賣卖賦赋質质賴赖購购賽赛贊赞贏赢趕赶趙赵趨趋跡迹踐践蹤踪躍跃車车軌轨軍军軟软軸轴較较載载輔辅輕轻輛辆輝辉輩辈輪轮輯辑輸输輻辐轄辖轉转轎轿\
    轟轰辦办辭辞辯辩農农辳农迴回這这連连逥回進进遊游運运過过達达違违遙遥遞递遠远適适遲迟遷迁選选遺遗遼辽還还邊边邏逻郵邮鄉乡鄧邓鄭郑鄰邻醫医醬酱釋释釐厘針针銀银銅铜\
    銷销鋒锋鋪铺鋼钢錄录錛锛錢钱錦锦錫锡錯错錶表鍋锅鍵键鍾钟鎖锁鎮镇鏡镜鐵铁鑑鉴鑽钻長长門门閃闪閉闭開开閒闲間间閣阁閤合閥阀閱阅闊阔闖闯關关闢辟陝陕陣阵陰阴陳陈陸陆\
    陽阳隊队階阶際际隨随險险隱隐隸隶隻只雖虽雙双雜杂雞鸡離离難难雲云電电霧雾靈灵靜静韋韦韓韩響响頁页頂顶頃顷項项順顺須须預预頒颁頓顿頗颇領领頭头頸颈頻频顆颗題题額额\
    顏颜願愿類类顧顾顯显風风颱台飄飘飛飞飯饭飲饮飽饱飾饰養养餓饿餘余館馆馬马馮冯馳驰駐驻駕驾駛驶騎骑騙骗騰腾驅驱驗验驚惊髒脏體体髮发鬥斗鬧闹鬱郁魚鱼魯鲁鮮鲜鳥鸟鳳凤\
    鳴鸣鴨鸭鴻鸿鶴鹤鷹鹰鹹咸鹼碱鹽盐麗丽麥麦麵面麺面麼么麽么黃黄點点黨党齊齐齒齿齡龄齣出龍龙龐庞\
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_every_character_has_three_bytes() {
        let letters: Vec<char> = PAIRS.chars().collect();
        assert!(letters.iter().all(|c| c.len_utf8() == PAIR / 2));
        let first: Vec<char> = letters.iter().step_by(2).copied().collect();
        assert!(first.is_sorted());
        assert_eq!(letters.len() % 2, 0);
    }

    #[test]
    fn traditional_becomes_simplified() {
        for (traditional, simplified) in [
            ("我喜歡聽音樂", "我喜欢听音乐"),
            ("討厭下雨天", "讨厌下雨天"),
            ("習慣騎車", "习惯骑车"),
            ("麵包與雞蛋", "面包与鸡蛋"),
            ("着 plain ｘ 你好", "着 plain ｘ 你好"),
        ] {
            let made: String = traditional.chars().map(simplify).collect();
            assert_eq!(made, simplified);
        }
    }
}
