use super::{ATTRIBUTES, Step, TAGS, draw, steps};
use proptest::prelude::*;

/// The formula as a person would write its tree; `None` where it cannot be read.
fn tree(tex: &str, display: bool) -> Option<String> {
    let drawn = draw(tex, display)?;
    let mut out = String::new();
    for step in steps(&drawn) {
        match step {
            Step::Open(tag) => out.extend([tag, "("]),
            Step::Set(name, value) => out.extend([name, ":", value, " "]),
            Step::Say(text) => out.push_str(text),
            Step::Close => out.push(')'),
        }
    }
    Some(out)
}

#[test]
fn formulas() {
    for (tex, expected) in [
        ("x", "math(display:inline mi(x))"),
        ("a^2", "math(display:inline msup(mi(a)mn(2)))"),
        (
            r"\frac{1}{2}",
            "math(display:inline mfrac(mrow(mn(1))mrow(mn(2))))",
        ),
        (
            r"\sqrt[3]{x}",
            "math(display:inline mroot(mrow(mi(x))mn(3)))",
        ),
        (
            r"\boxed{x}",
            "math(display:inline mrow(class:boxed mrow(mrow(mi(x)))mrow()))",
        ),
        (r"a < b", "math(display:inline mi(a)mo(<)mi(b))"),
        (r"\text{若 } x", "math(display:inline mtext(若\u{A0})mi(x))"),
        (
            r"\textcolor{red}{x}",
            "math(display:inline mrow(mrow(mi(x))))",
        ),
    ] {
        assert_eq!(tree(tex, false).as_deref(), Some(expected), "{tex}");
    }
}

/// Formulas as models write them.
const READABLE: &[&str] = &[
    r"e^{i\pi} + 1 = 0",
    r"\int_{-\infty}^{\infty} e^{-x^2}\,dx = \sqrt{\pi}",
    r"\sum_{n=1}^{\infty} \frac{1}{n^2} = \frac{\pi^2}{6}",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
    r"\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}",
    r"\begin{cases} x & x \ge 0 \\ -x & x < 0 \end{cases}",
    r"\begin{aligned} a &= b + c \\ &= d \end{aligned}",
    r"\begin{align} a &= b \\ c &= d \end{align}",
    r"\begin{array}{c|c} a & b \\ \hline c & d \end{array}",
    r"\left( \frac{a}{b} \right)^2",
    r"\left\{ x \in \mathbb{R} \mid x > 0 \right\}",
    r"\vec{v} \cdot \hat{n} = \lVert v \rVert \cos\theta",
    r"\lim_{x \to 0} \frac{\sin x}{x} = 1",
    r"\overline{z} \ne \underbrace{a + b}_{c}",
    r"\mathcal{L}(\theta) = -\log p_\theta(x) \quad \text{(loss)}",
    r"\boxed{E = mc^2}",
    r"\operatorname{softmax}(z)_i = \frac{e^{z_i}}{\sum_j e^{z_j}}",
    r"\nabla \times \mathbf{B} = \mu_0 \mathbf{J}",
    r"f'(x) \approx \frac{f(x+h)-f(x)}{h}",
    r"A^\top A \succeq 0, \forall x \exists y",
    r"\binom{n}{k} = \frac{n!}{k!(n-k)!}",
    r"P(A \mid B) = \dfrac{P(B \mid A) P(A)}{P(B)}",
    r"\xrightarrow{f} \stackrel{?}{=} \overset{a}{=}",
    r"\bigl( \Big[ \bigg\{ x \bigg\} \Big] \bigr)",
    r"\bm{w} \in \R^n, \mathscr{F}, \argmax_\theta p \tag{1}",
    r"a \mathbin{\&} b \quad \& \quad \% \ \# \ \_ \ \$",
    r"\lvert x \rvert \le \lVert y \rVert",
    r"\begin{vmatrix} a & b \\ c & d \end{vmatrix}",
    r"x \xrightarrow[\text{below}]{\text{above}} y",
    r"\int\limits_0^1 \iint_D \oint_C f \, \mathrm{d}s",
    r"\hbar \omega \approx \Delta E \iff \therefore \ldots \cdots",
    r"\color{red}{x} + \textcolor{blue}{y}",
    r"\cancel{x} \not= y",
    r"\tilde{x} \bar{y} \dot{z} \ddot{w} \widehat{ABC}",
    r"速度 = \frac{\text{距离}}{\text{时间}}",
];

#[test]
fn formulas_as_models_write_them() {
    let unread: Vec<_> = READABLE
        .iter()
        .filter(|tex| draw(tex, true).is_none())
        .collect();
    assert!(unread.is_empty(), "{unread:#?}");
}

#[test]
fn what_cannot_be_read_stays_tex() {
    for tex in [
        "",
        "  ",
        r"\frac{1}",
        r"\nosuchcommand x",
        "a_",
        "{",
        "}",
        r"\left( x",
        r"\begin{nope}x\end{nope}",
        "a & b^",
    ] {
        assert_eq!(tree(tex, true), None, "{tex:?}");
    }
    assert_eq!(draw(&"x".repeat(30_000), true), None);
    assert_eq!(
        draw(&("{".repeat(500) + "x" + &"}".repeat(500)), true),
        None
    );
}

#[test]
fn foreign_text_makes_no_steps() {
    assert_eq!(steps("<z\n").count(), 0);
    assert_eq!(steps("nonsense").count(), 0);
    assert_eq!(steps("<a\n<~\n>").count(), 1);
}

/// What has a meaning in TeX.
const PIECES: &[&str] = &[
    "x",
    "1",
    "+",
    "=",
    "^",
    "_",
    "{",
    "}",
    "&",
    r"\\",
    r"\frac",
    r"\sqrt",
    r"\text{a<b}",
    r"\left(",
    r"\right)",
    r"\begin{matrix}",
    r"\end{matrix}",
    r"\color{red}",
    r"\sum",
    r"\int",
    " ",
    "'",
    r"\,",
    r"\not",
    r"\hat",
    "%",
    "$",
    "中",
    r"\href{javascript:x}{y}",
    "\"",
    "<",
    ">",
    r"\hspace{-1em}",
    r"\mathbb{R}",
    r"\def\a{\a}\a",
    "\n",
    r"\begin{array}{|c|}",
    r"\end{array}",
    r"\hline",
    r"\binom",
    r"\limits",
    r"\substack{a\\b}",
    r"\kern1pt",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_drawn_is_well_formed(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..12), display: bool) {
        let tex = pieces.concat();
        let Some(drawn) = draw(&tex, display) else { return Ok(()) };
        let mut depth = 0;
        for (at, step) in steps(&drawn).enumerate() {
            match step {
                Step::Open(tag) => {
                    prop_assert!(TAGS.contains(&tag) && (depth > 0) == (at > 0));
                    depth += 1;
                }
                Step::Set(name, value) => {
                    prop_assert!(ATTRIBUTES.contains(&name) && !value.contains(['"', '<', ':', '(']));
                }
                Step::Say(_) => prop_assert!(depth > 0),
                Step::Close => depth -= 1,
            }
        }
        prop_assert_eq!(depth, 0);
        prop_assert_eq!(steps(&drawn).count(), drawn.lines().count());
    }
}
