//! Traditional characters as simplified ones, so that both scripts meet the same cues.
//!
//! One character to one character, the common ones: enough for recognition, no tool for conversion.

/// The simplified form of a traditional character; any other character as it is.
pub fn simplified(c: char) -> char {
    if !('\u{4E00}'..='\u{9FFF}').contains(&c) {
        return c;
    }
    // Both strings hold characters of three bytes each, so places are found by multiplication.
    let (mut low, mut high) = (0, TRADITIONAL.len() / 3);
    while low < high {
        let middle = (low + high) / 2;
        match at(TRADITIONAL, middle) {
            found if found == c => return at(SIMPLIFIED, middle),
            found if found < c => low = middle + 1,
            _ => high = middle,
        }
    }
    c
}

fn at(characters: &str, place: usize) -> char {
    let rest = characters.get(place * 3..).unwrap_or_default();
    rest.chars().next().unwrap_or_default()
}

/// In ascending order.
const TRADITIONAL: &str = "\
    並乾亂亞佔來係個們倫偉側備傢傳傷傾僅價億儘償優兒內兩冊凍別則剛創劃劇劍劑勁動\
    務勝勞勢勸匯區協卻厭厲參吳員唸問啟喚單喲嗆嗎嘆嘗噁嚇嚐嚨嚴囉囑國圍園圖團場塊\
    墜壇壓壞壽夠夢夾奧奪奮妝妳姊婦媽嬰孃孫學寢實寧審寫寬寶將專對導屆層屬島峽嶺嶼\
    帥師帳帶幣幫幹幾庫廚廠廢廣廳張強彈彎後徑從徵徹恆惡惱愛態慣慮慶憂憐憑憤憶應懲\
    懶懷懸戀戰戲戶拋挾捨捲掃掙掛採揀換損搖搶摺撐撥撿擁擇擊擋擔據擠擬擴擺擾攜攝攤\
    攪敗敘敵數斂斷於昇時晝暈暢暫曆曉曬書會朧東條棄極榮構槍樁樂樓標樣樹橋機橫檔檢\
    檯櫃權歐歡歲歷歸殘殯殺殼毀氣汙決沒況涼淚淨淺減渦渾湯溝溫滅滯滾滿漁漢漲潔潛潤\
    澤濃濕濟濾瀏灑灣災為烏無煙煩熱燈燒營爐爛爭爲爺牆牽犧狀猶獅獎獨獲獵玀現瑣瑪環\
    瓊產畝畢畫異當瘋瘡療癢發皺盜盡監盤盪眾睏睜瞭矚矯碩確碼磚礎礙祕禦禪禮稅稜種稱\
    積穩窩窮竊競筆節範築篩簡籃籌籠粵糧糾紀約紅納紐純紙級紛紮細紹終組結絕給統絲綁\
    經綜綠維綱網綿緊緒線緣編緩緬練緻縣縫縮縱總績織繞繩繪繳繼續纏罵罷羅義習翹聖聞\
    聯聰聲職聽聾肅脅腦腫腳腸膚膠膽臉臟臨臺與興舉舊艱莊華葉蓋薦薩藍藝藥蘇蘋蘭蘿處\
    號蝦蟬蟲蠟術衛衝裏補裝裡製複褲襪襲見規視親覺覽觀觸訂計訊討訓記訝訪設許訴詐評\
    詞詢試詩話該詳誇誌認誕誘語誠誤說誰課調談請諒論謊謎謙講謝證識譜譯議護譽讀變讓\
    讚豐豬貓貝負貨貪責貴買費貼貿賀資賞賣質賺賽贈贊贏趕趙跡躍車軍軟較載輕輛輩輪輯\
    輸轉辦辭農這週進遊運過達違遞遠適遲選遺還邊邏郵鄉鄭鄰醜醫醬釀釋針釣鈴銀銘銷鋒\
    鋪鋼錄錢錦錯錶鍋鍛鍵鎖鎮鏡鐘鐳鐵鑰鑽長門閃閉開閒間閣閱闊關陰陳陸陽隊階際隨險\
    隱隻雖雙雜雞離難雲電霧靈靜韓韻響頁頂項順須頌預頑頓頗領頭頻題額顏願類顧風飄飛\
    飯飲飼飽餅養餓餘館餵饞馬駐駕騎騙驗驚驟髒體髮鬆鬥鬧魚魯鮪鮮鯨鳥鴨鵝鷹鹹鹼鹽麗\
    麥麵麼黃點齊齒龍龜";

/// Each at the place of its traditional form.
const SIMPLIFIED: &str = "\
    并干乱亚占来系个们伦伟侧备家传伤倾仅价亿尽偿优儿内两册冻别则刚创划剧剑剂劲动\
    务胜劳势劝汇区协却厌厉参吴员念问启唤单哟呛吗叹尝恶吓尝咙严啰嘱国围园图团场块\
    坠坛压坏寿够梦夹奥夺奋妆你姐妇妈婴娘孙学寝实宁审写宽宝将专对导届层属岛峡岭屿\
    帅师帐带币帮干几库厨厂废广厅张强弹弯后径从征彻恒恶恼爱态惯虑庆忧怜凭愤忆应惩\
    懒怀悬恋战戏户抛挟舍卷扫挣挂采拣换损摇抢折撑拨捡拥择击挡担据挤拟扩摆扰携摄摊\
    搅败叙敌数敛断于升时昼晕畅暂历晓晒书会胧东条弃极荣构枪桩乐楼标样树桥机横档检\
    台柜权欧欢岁历归残殡杀壳毁气污决没况凉泪净浅减涡浑汤沟温灭滞滚满渔汉涨洁潜润\
    泽浓湿济滤浏洒湾灾为乌无烟烦热灯烧营炉烂争为爷墙牵牺状犹狮奖独获猎猡现琐玛环\
    琼产亩毕画异当疯疮疗痒发皱盗尽监盘荡众困睁了瞩矫硕确码砖础碍秘御禅礼税棱种称\
    积稳窝穷窃竞笔节范筑筛简篮筹笼粤粮纠纪约红纳纽纯纸级纷扎细绍终组结绝给统丝绑\
    经综绿维纲网绵紧绪线缘编缓缅练致县缝缩纵总绩织绕绳绘缴继续缠骂罢罗义习翘圣闻\
    联聪声职听聋肃胁脑肿脚肠肤胶胆脸脏临台与兴举旧艰庄华叶盖荐萨蓝艺药苏苹兰萝处\
    号虾蝉虫蜡术卫冲里补装里制复裤袜袭见规视亲觉览观触订计讯讨训记讶访设许诉诈评\
    词询试诗话该详夸志认诞诱语诚误说谁课调谈请谅论谎谜谦讲谢证识谱译议护誉读变让\
    赞丰猪猫贝负货贪责贵买费贴贸贺资赏卖质赚赛赠赞赢赶赵迹跃车军软较载轻辆辈轮辑\
    输转办辞农这周进游运过达违递远适迟选遗还边逻邮乡郑邻丑医酱酿释针钓铃银铭销锋\
    铺钢录钱锦错表锅锻键锁镇镜钟镭铁钥钻长门闪闭开闲间阁阅阔关阴陈陆阳队阶际随险\
    隐只虽双杂鸡离难云电雾灵静韩韵响页顶项顺须颂预顽顿颇领头频题额颜愿类顾风飘飞\
    饭饮饲饱饼养饿余馆喂馋马驻驾骑骗验惊骤脏体发松斗闹鱼鲁鲔鲜鲸鸟鸭鹅鹰咸碱盐丽\
    麦面么黄点齐齿龙龟";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_fit_together() {
        assert!(TRADITIONAL.chars().is_sorted());
        assert_eq!(TRADITIONAL.chars().count(), SIMPLIFIED.chars().count());
        assert!(
            TRADITIONAL
                .chars()
                .chain(SIMPLIFIED.chars())
                .all(|c| c.len_utf8() == 3)
        );
    }

    #[test]
    fn characters_are_folded() {
        for (text, expected) in [
            ("我喜歡下雨", "我喜欢下雨"),
            ("討厭", "讨厌"),
            ("已经简体 abc", "已经简体 abc"),
        ] {
            assert_eq!(text.chars().map(simplified).collect::<String>(), expected);
        }
    }
}
