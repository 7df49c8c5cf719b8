//! Which URLs may be followed, and which host they lead to.

use crate::text::{Piece, lowered, marks};

/// A URL that may be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The URL, without the characters a browser would ignore.
    pub href: String,
    /// The host in ASCII, lower case; empty for `mailto`.
    pub host: String,
    /// Whether a user name stands before the host, as in `https://good.example@evil.example`.
    pub user: bool,
}

/// Checks a URL: `http` and `https` with a host, and `mailto`; nothing relative, nothing with a password, and nothing
/// that a browser would read differently than it looks (backslashes, hidden characters).
pub fn check(url: &str) -> Option<Target> {
    let url: String = url
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .collect();
    let url = url.trim_matches(|c: char| c <= ' ');
    if url.contains('\\') || marks(url).any(|piece| matches!(piece, Piece::Mark(_))) {
        return None;
    }
    let (scheme, rest) = url.split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    let href = || format!("{scheme}:{}", rest.replace(' ', "%20"));
    match scheme.as_str() {
        "mailto" => Some(Target {
            href: href(),
            host: String::new(),
            user: false,
        }),
        "http" | "https" => {
            let authority = rest.strip_prefix("//")?.split(['/', '?', '#']).next()?;
            let (user, host) = match authority.rsplit_once('@') {
                None => (None, authority),
                Some((user, host)) => (Some(user), host),
            };
            if user.is_some_and(|user| user.contains(':')) {
                return None;
            }
            Some(Target {
                href: href(),
                host: ascii_host(host)?,
                user: user.is_some(),
            })
        }
        _ => None,
    }
}

/// The host to show beside a link's text: empty where the text's first host is just this one.
pub fn host_to_show(target: &Target, text: &str) -> String {
    let hidden = marks(text).any(|piece| matches!(piece, Piece::Mark(_)));
    let first = text
        .split(|c: char| !(c.is_alphanumeric() || c == '.' || c == '-'))
        .map(|word| word.trim_matches('.'))
        .find(|word| looks_like_host(word))
        .map(lowered);
    let name = target
        .host
        .rsplit_once(':')
        .map_or(target.host.as_str(), |(name, _)| name);
    if !hidden && !target.user && first.as_deref() == Some(name) {
        String::new()
    } else {
        target.host.clone()
    }
}

fn looks_like_host(word: &str) -> bool {
    let Some((_, last)) = word.rsplit_once('.') else {
        return word.eq_ignore_ascii_case("localhost");
    };
    let top = last.chars().count() >= 2 && !last.chars().all(|c| c.is_ascii_digit());
    top || word
        .split('.')
        .filter(|part| part.parse::<u8>().is_ok())
        .count()
        == 4
}

/// The host (and port) in lower-case ASCII; `None` where it cannot be one.
fn ascii_host(host: &str) -> Option<String> {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => (name, port),
        _ => (host, ""),
    };
    let literal = name.starts_with('[') && name.ends_with(']');
    let allowed = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '.' | '-' | '_')
            || (literal && matches!(c, '[' | ']' | ':'))
    };
    if name.trim_matches('.').is_empty() || !name.chars().all(|c| allowed(c) || c.is_alphanumeric())
    {
        return None;
    }
    let labels: Option<Vec<String>> = lowered(name).split('.').map(ascii_label).collect();
    let name = labels?.join(".");
    Some(if port.is_empty() {
        name
    } else {
        format!("{name}:{port}")
    })
}

fn ascii_label(label: &str) -> Option<String> {
    if label.is_ascii() {
        Some(label.to_owned())
    } else {
        punycode(label).map(|code| format!("xn--{code}"))
    }
}

/// Punycode after RFC 3492, for labels of at most 63 characters.
fn punycode(label: &str) -> Option<String> {
    let chars: Vec<u32> = label.chars().map(u32::from).collect();
    if chars.len() > 63 {
        return None;
    }
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = out.len() as u32;
    let (mut code, mut delta, mut bias, mut done) = (128_u32, 0_u32, 72_u32, basic);
    if basic > 0 {
        out.push('-');
    }
    while (done as usize) < chars.len() {
        let next = chars.iter().copied().filter(|&c| c >= code).min()?;
        delta = delta.checked_add((next - code).checked_mul(done + 1)?)?;
        code = next;
        for &c in &chars {
            if c < code {
                delta += 1;
            } else if c == code {
                push_number(&mut out, delta, bias);
                bias = adapt(delta, done + 1, done == basic);
                delta = 0;
                done += 1;
            }
        }
        delta += 1;
        code += 1;
    }
    Some(out)
}

fn push_number(out: &mut String, mut rest: u32, bias: u32) {
    let digit = |value: u32| {
        char::from(if value < 26 {
            b'a' + value as u8
        } else {
            b'0' + (value - 26) as u8
        })
    };
    let mut k = 36;
    loop {
        let least = if k <= bias { 1 } else { (k - bias).min(26) };
        if rest < least {
            out.push(digit(rest));
            return;
        }
        out.push(digit(least + (rest - least) % (36 - least)));
        rest = (rest - least) / (36 - least);
        k += 36;
    }
}

fn adapt(delta: u32, count: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / count;
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_urls_are_targets() {
        for (url, expected) in [
            ("https://a.example/x?y#z", Some("a.example")),
            ("HTTP://A.Example:8080", Some("a.example:8080")),
            (" https://a.example/a b\n", Some("a.example")),
            ("mailto:a@b.example", Some("")),
            ("https://good.example@evil.example/", Some("evil.example")),
            ("https://user:secret@a.example/", None),
            ("https://good.example\\@evil.example", None),
            ("javascript:alert(1)", None),
            ("java\nscript:alert(1)", None),
            ("\u{1}javascript:alert(1)", None),
            ("data:text/html,x", None),
            ("//evil.example", None),
            ("/path", None),
            ("https:evil.example", None),
            ("https:///evil.example", None),
            ("https://a\u{202E}b.example", None),
            ("https://%65vil.example", None),
            ("https://bücher.example", Some("xn--bcher-kva.example")),
            ("https://例子.测试", Some("xn--fsqu00a.xn--0zwm56d")),
            ("https://[::1]:80/", Some("[::1]:80")),
        ] {
            assert_eq!(
                check(url).map(|target| target.host).as_deref(),
                expected,
                "{url:?}"
            );
        }
    }

    #[test]
    fn the_host_is_shown_where_the_text_hides_it() {
        for (url, text, expected) in [
            ("https://a.example/x", "https://a.example/x", ""),
            ("https://a.example/x", "A.example", ""),
            ("https://a.example/x", "here", "a.example"),
            (
                "https://evil.example/",
                "good.example or evil.example",
                "evil.example",
            ),
            ("https://evil.example/", "notevil.example", "evil.example"),
            (
                "https://evil.example/",
                "evil.example.good.example",
                "evil.example",
            ),
            (
                "https://xn--80ak6aa92e.com/",
                "аррӏе.com",
                "xn--80ak6aa92e.com",
            ),
            (
                "https://good.example@evil.example/",
                "evil.example",
                "evil.example",
            ),
            ("https://a.example/x", "a.exa\u{200B}mple", "a.example"),
            ("http://127.0.0.1:8080/", "127.0.0.1:8080", ""),
        ] {
            let target = check(url).expect(url);
            assert_eq!(host_to_show(&target, text), expected, "{url:?} as {text:?}");
        }
    }
}
