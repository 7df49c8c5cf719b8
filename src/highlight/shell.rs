//! What the tables of shells, Dockerfiles, Makefiles, assembly and LaTeX cannot say.

use super::Class::{Comment, Keyword, Name, Plain, Text};
use super::here;
use super::language::{CALL, Escape, Quote, plain, twice, with};
use super::lexer::{Frame, Lexer};

/// POSIX shells and their heirs: comments at the beginning of a word, here-documents, `$'…'`,
/// variables that may be called like a word of the language.
pub fn bash(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    match lexer.peek(0) {
        b'#' => {
            let begins = matches!(
                lexer.behind(),
                b' ' | b'\t' | b'\n' | b';' | b'(' | b'&' | b'|'
            );
            if begins {
                let line = &rest[..lexer.line()];
                lexer.take(line.len(), Comment);
            } else {
                lexer.take(1, Plain);
            }
            true
        }
        b'<' if rest.starts_with("<<<") => {
            lexer.take(3, Plain);
            true
        }
        b'<' => here::open(lexer, "<<", true),
        b'$' => variable(lexer),
        b'\\' => {
            lexer.take(2, Plain);
            true
        }
        b'-' => option(lexer),
        byte if byte.is_ascii_alphabetic() || byte == b'_' => {
            let word = rest.bytes().take_while(|b| is_word(*b)).count();
            let begins = lexer.begins_command();
            let after = &rest[word..];
            // `name=value` and `name() {` give a name.
            let given =
                after.starts_with('=') || after.starts_with("+=") || after.starts_with("()");
            match (begins, given) {
                (true, true) => lexer.take(word, Name),
                (true, false) => return false,
                // A word of the language is one only where a command may begin.
                (false, _) => {
                    let class = if &rest[..word] == "in" {
                        Keyword
                    } else {
                        Plain
                    };
                    lexer.take(word, class);
                }
            }
            true
        }
        _ => false,
    }
}

impl Lexer<'_> {
    /// Whether a command may begin here: at the beginning of a line, after `;`, `&`, `|`, a bracket,
    /// or a word of the language.
    fn begins_command(&self) -> bool {
        let mut before = self.text[..self.at].bytes().rev();
        let before = before.find(|byte| !matches!(byte, b' ' | b'\t'));
        matches!(
            before,
            None | Some(b'\n' | b';' | b'&' | b'|' | b'(' | b'{' | b')' | b'`')
        ) || !is_word(self.behind()) && self.follows_keyword()
    }

    /// Whether the last stretch that is no white space is a word of the language.
    fn follows_keyword(&self) -> bool {
        let mut spans = self.out.iter().rev();
        spans
            .find(|span| !self.text[span.from..span.to].trim().is_empty())
            .is_some_and(|span| span.class == Keyword)
    }
}

/// `$name`, `${name…}`, `$(…)`, `$'…'`.
fn variable(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    match lexer.peek(1) {
        b'\'' => {
            lexer.take(1, Text);
            lexer.open_quote(Quote {
                lines: true,
                ..plain("'")
            });
        }
        b'{' => {
            // `${#name}`, `${name##*/}`: nothing in it is a comment.
            let name = rest
                .bytes()
                .skip(2)
                .take_while(|b| is_word(*b) || matches!(b, b'#' | b'!'))
                .count();
            let rest = &rest[2 + name..];
            let operator = rest
                .bytes()
                .take_while(|b| b"#%/:^,*@[]-+=?".contains(b))
                .count();
            lexer.take(2 + name + operator, Plain);
            lexer.frames.push(Frame::Braces(0));
        }
        byte if is_word(byte) => {
            let name = rest.bytes().skip(1).take_while(|b| is_word(*b)).count();
            lexer.take(1 + name, Plain);
        }
        b'#' | b'?' | b'!' | b'@' | b'*' | b'$' | b'-' => lexer.take(2, Plain),
        _ => lexer.take(1, Plain),
    }
    lexer.operand = true;
    true
}

/// `--option`, which may have a word of the language in it.
fn option(lexer: &mut Lexer) -> bool {
    let option =
        !is_word(lexer.behind()) && (lexer.peek(1) == b'-' || lexer.peek(1).is_ascii_alphabetic());
    if option {
        let inner = |b: &u8| is_word(*b) || *b == b'-';
        let length = lexer.rest().bytes().take_while(inner).count();
        lexer.take(length, Plain);
    }
    option
}

/// The string of a shell: over lines, with commands within.
pub const SHELL_STRING: Quote = with(super::language::long("\""), CALL);

/// PowerShell: here-strings, variables, operators like `-eq`.
pub fn powershell(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    for (open, close) in [("@\"", "\n\"@"), ("@'", "\n'@")] {
        if rest.starts_with(open) {
            lexer.raw(2, close);
            return true;
        }
    }
    match lexer.peek(0) {
        b'$' if is_word(lexer.peek(1)) => {
            let name = rest
                .bytes()
                .skip(1)
                .take_while(|b| is_word(*b) || *b == b':')
                .count();
            let name = rest[..=name].trim_end_matches(':');
            let value = ["$true", "$false", "$null"]
                .iter()
                .any(|v| v.eq_ignore_ascii_case(name));
            let class = if value { super::Class::Number } else { Plain };
            lexer.take(name.len(), class);
            lexer.operand = true;
            true
        }
        b'-' => option(lexer),
        b'`' => {
            lexer.take(2, Plain);
            true
        }
        b'"' => {
            lexer.open_quote(with(
                Quote {
                    escape: Escape::After(b'`'),
                    ..twice("\"", "\"")
                },
                CALL,
            ));
            true
        }
        _ => false,
    }
}

/// Dockerfiles: the first word of a line is an instruction, unless the line before goes on.
pub fn docker(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    if lexer.peek(0) == b'#' {
        let class = if lexer.begins_line() { Comment } else { Plain };
        let length = if class == Comment { lexer.line() } else { 1 };
        lexer.take(length, class);
        return true;
    }
    if lexer.peek(0).is_ascii_alphabetic() && lexer.begins_line() {
        let word = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let before = lexer.text[..lexer.at].trim_end();
        let goes_on = before.ends_with('\\') || before.ends_with('`');
        if !goes_on
            && super::tables::DOCKER
                .split(' ')
                .any(|known| known.eq_ignore_ascii_case(&rest[..word]))
        {
            lexer.take(word, Keyword);
            return true;
        }
    }
    match lexer.peek(0) {
        b'$' => variable(lexer),
        b'-' => option(lexer),
        b'<' => here::open(lexer, "<<", true),
        b'\\' => {
            lexer.take(2, Plain);
            true
        }
        _ => false,
    }
}

/// Makefiles: targets, variables that are given, what begins with a tab.
pub fn make(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    match lexer.peek(0) {
        b'$' => {
            let braced = matches!(lexer.peek(1), b'(' | b'{');
            lexer.take(if braced { 2 } else { 1 }, Plain);
            lexer.naming = false;
            if !braced {
                lexer.take(1, Plain);
            }
            return true;
        }
        b'\\' => {
            lexer.take(2, Plain);
            return true;
        }
        _ => {}
    }
    if lexer.behind() != b'\n' || matches!(lexer.peek(0), b'#' | b'\t') {
        return false;
    }
    let line = &rest[..lexer.line()];
    let Some(mark) = line.find([':', '=']) else {
        return false;
    };
    let name = line[..mark].trim_end_matches(['+', '?', '!', ' ']);
    let plain = name
        .chars()
        .all(|c| c.is_alphanumeric() || "_-./% ".contains(c));
    let first = name.split(' ').next().unwrap_or_default();
    let directive = ["export", "override", "define", "ifeq", "ifneq", "include"].contains(&first);
    if name.is_empty() || !plain || directive {
        return false;
    }
    lexer.take(name.len(), Name);
    true
}

/// Assembly: labels, directives; the first word of a line is an instruction.
pub fn asm(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    let first = lexer.peek(0);
    if first == b'#' {
        let comment = lexer.begins_line() || lexer.peek(1) == b' ';
        let length = if comment { lexer.line() } else { 1 };
        lexer.take(length, if comment { Comment } else { Plain });
        return true;
    }
    let begins = first.is_ascii_alphabetic() || matches!(first, b'.' | b'_' | b'%');
    if !begins || is_word(lexer.behind()) {
        return false;
    }
    let word = 1 + rest
        .bytes()
        .skip(1)
        .take_while(|b| is_word(*b) || matches!(b, b'.' | b'$' | b'@'))
        .count();
    let class = match () {
        () if rest[word..].starts_with(':') => Name,
        () if first == b'%' => Plain,
        () if lexer.begins_line() || lexer.follows_label() => Keyword,
        () => Plain,
    };
    lexer.take(word, class);
    true
}

impl Lexer<'_> {
    /// Whether a label stands before this place on its line.
    fn follows_label(&self) -> bool {
        let mut before = self.text[..self.at].bytes().rev();
        before.find(|byte| !matches!(byte, b' ' | b'\t')) == Some(b':')
    }
}

/// LaTeX: commands, what is between `$`s, what is verbatim.
pub fn latex(lexer: &mut Lexer) -> bool {
    let rest = lexer.rest();
    match lexer.peek(0) {
        b'\\' => {
            let word = rest
                .bytes()
                .skip(1)
                .take_while(|b| b.is_ascii_alphabetic() || *b == b'@')
                .count();
            let starred = usize::from(lexer.peek(1 + word) == b'*');
            match word {
                0 => lexer.take(2, Plain),
                _ => lexer.take(1 + word + starred, Keyword),
            }
            if matches!(
                &rest[1..=word],
                "begin"
                    | "end"
                    | "documentclass"
                    | "usepackage"
                    | "newcommand"
                    | "label"
                    | "ref"
                    | "cite"
            ) {
                argument(lexer);
            }
            true
        }
        b'$' => {
            let marks = if lexer.peek(1) == b'$' { 2 } else { 1 };
            lexer.take(marks, Text);
            true
        }
        _ => false,
    }
}

/// `{…}` after a command that names something.
fn argument(lexer: &mut Lexer) {
    let rest = lexer.rest();
    if let Some(body) = rest.strip_prefix('{')
        && let Some(end) = body
            .as_bytes()
            .iter()
            .take(200)
            .position(|b| matches!(b, b'}' | b'\n' | b'{'))
        && body.as_bytes()[end] == b'}'
        && end > 0
        && !body.starts_with('\\')
    {
        lexer.take(1, Plain);
        lexer.take(end, Name);
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}
