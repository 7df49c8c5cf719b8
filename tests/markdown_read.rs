//! What Markdown beyond the specification reads as: Chinese emphasis, bare links, tables, tasks, footnotes, formulas.

use viewfinder::markdown::{html, parse};

fn check(text: &str, expected: &str) {
    let html = html::serialize(&parse(text)).replace(
        " rel=\"noopener noreferrer nofollow\" target=\"_blank\"",
        "",
    );
    assert_eq!(html.trim_end(), expected, "{text:?}");
}

#[test]
fn markdown_emphasis_beside_chinese() {
    for (text, expected) in [
        ("**重点：**后面", "<p><strong>重点：</strong>后面</p>"),
        (
            "这是**我想做的事。**所以",
            "<p>这是<strong>我想做的事。</strong>所以</p>",
        ),
        ("*斜体（括号）。*这句", "<p><em>斜体（括号）。</em>这句</p>"),
        ("**“引号”**后", "<p><strong>“引号”</strong>后</p>"),
        ("前**“引号”**", "<p>前<strong>“引号”</strong></p>"),
        ("**《书名》**的", "<p><strong>《书名》</strong>的</p>"),
        ("价格**$5**元", "<p>价格<strong>$5</strong>元</p>"),
        (
            "用**`code`**写",
            "<p>用<strong><code>code</code></strong>写</p>",
        ),
        ("~~旧的。~~新的", "<p><del>旧的。</del>新的</p>"),
        ("~~旧~~和~新~", "<p><del>旧</del>和<del>新</del></p>"),
        ("**가나(다)**라", "<p><strong>가나(다)</strong>라</p>"),
        (
            "葛\u{E0100}**（下）**",
            "<p>葛<span class=\"mark\" title=\"U+E0100\">U+E0100</span><strong>（下）</strong></p>",
        ),
        ("_重点：_后面", "<p>_重点：_后面</p>"),
        ("snake_case_x a*b*c", "<p>snake_case_x a<em>b</em>c</p>"),
        ("a**\"b\"**c", "<p>a**&quot;b&quot;**c</p>"),
        ("** a**", "<p>** a**</p>"),
    ] {
        check(text, expected);
    }
}

#[test]
fn markdown_bare_links() {
    for (text, expected) in [
        (
            "见https://a.example/x，然后",
            "<p>见<a href=\"https://a.example/x\">https://a.example/x</a>，然后</p>",
        ),
        (
            "(https://a.example/x_(y)).",
            "<p>(<a href=\"https://a.example/x_(y)\">https://a.example/x_(y)</a>).</p>",
        ),
        (
            "https://a.example/?a=b&amp;c;",
            "<p><a href=\"https://a.example/?a=b&amp;amp;c\">https://a.example/?a=b&amp;amp;c</a>;</p>",
        ),
        (
            "**https://a.example**",
            "<p><strong><a href=\"https://a.example\">https://a.example</a></strong></p>",
        ),
        (
            "www.a.example/x.",
            "<p><a href=\"http://www.a.example/x\">www.a.example/x</a>.</p>",
        ),
        ("xwww.a.example", "<p>xwww.a.example</p>"),
        ("www.a_b.example", "<p>www.a_b.example</p>"),
        ("[https://a.example", "<p>[https://a.example</p>"),
        (
            "a.b-c@d.example.",
            "<p><a href=\"mailto:a.b-c@d.example\">a.b-c@d.example</a>.</p>",
        ),
        (
            "mailto:a@d.example",
            "<p><a href=\"mailto:a@d.example\">mailto:a@d.example</a></p>",
        ),
        (
            "a@b a@b_c.example_ @c.example",
            "<p>a@b a@b_c.example_ @c.example</p>",
        ),
        ("<HTTPS://a.example/\\[>", "<p>HTTPS://a.example/\\[</p>"),
        (
            "<a@b.example>",
            "<p><a href=\"mailto:a@b.example\">a@b.example</a></p>",
        ),
        ("ftp://a.example", "<p>ftp://a.example</p>"),
    ] {
        check(text, expected);
    }
}

#[test]
fn markdown_tables_tasks_and_footnotes() {
    for (text, expected) in [
        (
            "a\n| b | c\\|d |\n|:-|:-:|\n| `x\\|y` |\n1|2|3\n\n|",
            "<p>a</p>\n<table>\n<thead>\n<tr>\n<th align=\"left\">b</th>\n<th align=\"center\">c|d</th>\n</tr>\n</thead>\n\
             <tbody>\n<tr>\n<td align=\"left\"><code>x|y</code></td>\n<td align=\"center\"></td>\n</tr>\n<tr>\n\
             <td align=\"left\">1</td>\n<td align=\"center\">2</td>\n</tr>\n</tbody>\n</table>\n<p>|</p>",
        ),
        ("a | b\n--|--|--", "<p>a | b\n--|--|--</p>"),
        (
            "- [x] a\n- [ ]\n- [x]b\n- [ ](c)",
            "<ul>\n<li><input type=\"checkbox\" disabled=\"\" checked=\"\" /> a</li>\n\
             <li><input type=\"checkbox\" disabled=\"\" /> </li>\n<li>[x]b</li>\n<li> </li>\n</ul>",
        ),
        (
            "a[^b] c[^a] d[^b] e[^c]\n\n[^a]: x\n[^b]: y\n\n    z\n[^b2]: unused",
            "<p>a<sup class=\"footnote-ref\" id=\"fnref-1-1\">1</sup> c<sup class=\"footnote-ref\" id=\"fnref-2-1\">2</sup> \
             d<sup class=\"footnote-ref\" id=\"fnref-1-2\">1</sup> e[^c]</p>\n<section class=\"footnote\" id=\"fn-1\">\n\
             <p>y</p>\n<p>z</p>\n</section>\n<section class=\"footnote\" id=\"fn-2\">\n<p>x</p>\n</section>",
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn markdown_formulas() {
    for (text, expected) in [
        (
            "$a_1*b*c_2$ 和 $5 到 $10",
            "<p><code class=\"math\">a_1*b*c_2</code> 和 $5 到 $10</p>",
        ),
        (
            "$$\na\n- b\n$$",
            "<p><code class=\"math\" data-display=\"\">a\n- b</code></p>",
        ),
        (
            "\\(x\\) \\[y\\]",
            "<p><code class=\"math\">x</code> <code class=\"math\" data-display=\"\">y</code></p>",
        ),
        ("`$x$` \\$y\\$", "<p><code>$x$</code> $y$</p>"),
    ] {
        check(text, expected);
    }
}
