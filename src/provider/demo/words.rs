//! What the demo model says.

/// The script in one language.
pub struct Words {
    pub thought: &'static str,
    pub minded: &'static str,
    pub hello: &'static str,
    pub connect: &'static str,
    pub shows: &'static str,
    pub code: &'static str,
    pub table: &'static str,
    pub formula: &'static str,
    pub poem: &'static str,
    pub chapter: fn(usize) -> String,
    pub other: fn(&str) -> String,
}

/// The script in the language of a text.
pub fn for_text(text: &str) -> &'static Words {
    if text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
        &ZH
    } else {
        &EN
    }
}

static ZH: Words = Words {
    thought: "先看对方问的是什么。我是写在页面里的脚本，能做的是照着规则演示，所以答案里要把这一点说清楚。",
    minded: "随这次提问带来的偏好我看到了，真正的模型会照着它们回答：",
    hello: "你好！我是取景框内置的**演示模型**：一段写在这个页面里的脚本，不是真正的语言模型。你写的字没有发到任何地方。\n\n你可以拿我试试这些：\n\n1. 看回复一个字一个字地出来，随时按「停止」；\n2. 修改自己的话重新发送，用 `2/2` 在分支之间切换；\n3. 重新载入页面，什么都还在。\n\n要用真正的模型，请到**设置 → 连接**，填上地址和密钥。",
    connect: "连接自己的模型只要三步：\n\n1. 打开**设置 → 连接**，点「添加连接」；\n2. 填上服务商的地址（例如 `https://api.deepseek.com/v1`）和密钥；\n3. 点「读取模型列表」，选一个模型，保存。\n\n密钥只存在这个浏览器里，也只会发往你填的那个地址。",
    shows: "## 排版样张\n\n下面是演示模型准备好的样张。**重点：**它们都在本机排版，不向任何服务器要东西。",
    code: "### 代码\n\n```rust\n/// 取景框的四个角。\nfn corners(width: u32, height: u32) -> [(u32, u32); 4] {\n    // 从左上角起，顺时针\n    [(0, 0), (width, 0), (width, height), (0, height)]\n}\n```",
    table: "### 表格\n\n| 光圈 | 景深 | 适合 |\n|---|---|---:|\n| f/1.8 | 浅 | 人像 |\n| f/8 | 中 | 街道 |\n| f/16 | 深 | 风景 |",
    formula: "### 公式\n\n薄透镜的焦距 $f$、物距 $u$ 与像距 $v$ 满足\n\n$$\\frac{1}{f} = \\frac{1}{u} + \\frac{1}{v}$$",
    poem: "雨落在取景框里，\n先是一点，后是一片。\n我按下快门的时候，\n城市正好安静下来。",
    chapter: |n| {
        format!(
            "## 第 {n} 节\n\n这一节用来试长文的滚动。光从窗外进来，经过镜头，落在对焦屏上；人看见的不是世界，而是世界在一块毛玻璃上的样子。框住它，就是决定什么留下，什么放走。\n\n- 第 {n} 个要点：先看光，再看人；\n- 第二个要点：靠近一步，往往比换镜头有用；\n- 第三个要点：按下之前，看一眼四个角。\n\n写到这里，第 {n} 节就结束了。"
        )
    },
    other: |question| {
        format!(
            "你问的是：\n\n> {question}\n\n我是内置的**演示模型**，只会照着脚本说话，所以没法真正回答它。不过这条回复走的路和真的一样：流式到达、按 Markdown 排版、边到边存，中途可以停止。\n\n试试对我说「给我看看代码、表格和公式」，或者到**设置 → 连接**接上真正的模型。"
        )
    },
};

static EN: Words = Words {
    thought: "What is being asked? I am a script inside the page and can only demonstrate by rule, so the answer has to say that plainly.",
    minded: "These preferences came along with your question; a real model would go by them:",
    hello: "Hello! I am Viewfinder’s built-in **demo model**: a script inside this page, not a real language model. Nothing you write is sent anywhere.\n\nTry these with me:\n\n1. watch a reply arrive piece by piece, and press Stop whenever you like;\n2. edit your own words and send them again, then switch between branches with `2/2`;\n3. reload the page: everything is still there.\n\nFor a real model, open **Settings → Connections** and enter an address and a key.",
    connect: "Connecting your own model takes three steps:\n\n1. open **Settings → Connections** and choose “Add connection”;\n2. enter the provider’s address (for example `https://api.openai.com/v1`) and your key;\n3. fetch the list of models, choose one, save.\n\nThe key stays in this browser and goes only to the address you entered.",
    shows: "## Specimen\n\nHere is what the demo model has prepared. **Note:** all of it is set on this device; no server is asked for anything.",
    code: "### Code\n\n```rust\n/// The four corners of the viewfinder.\nfn corners(width: u32, height: u32) -> [(u32, u32); 4] {\n    // from the top left, clockwise\n    [(0, 0), (width, 0), (width, height), (0, height)]\n}\n```",
    table: "### Table\n\n| Aperture | Depth of field | Good for |\n|---|---|---:|\n| f/1.8 | shallow | portraits |\n| f/8 | medium | streets |\n| f/16 | deep | landscapes |",
    formula: "### Formula\n\nFor a thin lens, the focal length $f$, object distance $u$ and image distance $v$ satisfy\n\n$$\\frac{1}{f} = \\frac{1}{u} + \\frac{1}{v}$$",
    poem: "Rain in the finder,\na drop, and then the rest.\nI press, and for that moment\nthe city holds its breath.",
    chapter: |n| {
        format!(
            "## Section {n}\n\nThis section is here to try long replies. Light comes in at the window, passes the lens and falls on the focusing screen; what one sees is not the world but its likeness on a piece of ground glass. To frame it is to decide what stays and what goes.\n\n- Point {n}: look at the light first, then at the person;\n- a step closer is often worth more than another lens;\n- before you press, look at the four corners.\n\nThat is the end of section {n}."
        )
    },
    other: |question| {
        format!(
            "You asked:\n\n> {question}\n\nI am the built-in **demo model** and only speak from a script, so I cannot really answer. This reply has gone the way of a real one, though: it streamed, it was set as Markdown, it was stored while it arrived, and it could be stopped.\n\nSay “show me code, a table and a formula”, or connect a real model under **Settings → Connections**."
        )
    },
};
