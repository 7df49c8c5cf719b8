//! The little picture of a frame: the format of what it asks for, and how its words stand there.

use leptos::prelude::*;

/// The picture of a built-in frame, or of one's own.
pub fn shape(id: &str) -> AnyView {
    let (ratio, lines) = drawn(id);
    let lines = lines.split(' ').map(|line| {
        let (class, width) = match line {
            "-" => ("gap", None),
            "#" => ("block", None),
            _ => match line.strip_prefix('b') {
                Some(width) => ("big", Some(width)),
                None => ("", Some(line)),
            },
        };
        view! { <i class=class data-w=width></i> }
    });
    view! {
        <div class="finder" aria-hidden="true"><div class="shape brackets" data-ratio=ratio>{lines.collect_view()}</div></div>
    }
    .into_any()
}

/// The format, and lines by their width: `b` for a heading, `-` for a gap, `#` for a picture.
fn drawn(id: &str) -> (&'static str, &'static str) {
    match id {
        "ask" => ("free", "b2 4 3"),
        "write" => ("free", "b3 - 4 4 2"),
        "summarise" => ("free", "4 4 4 - b2"),
        "plan" => ("free", "1 3 - 1 4 - 1 2"),
        "decide" => ("free", "3 3 - 2 2"),
        "companion" => ("free", "1 - 2 - 1"),
        "xiaohongshu" => ("portrait", "# - b4 3 2"),
        "formal-document" => ("page", "b3 - 4 4 4 2"),
        "product-description" => ("square", "# - 3 2"),
        "seo-article" => ("page", "b4 - 4 3 - 4 3"),
        "ad-copy" => ("wide", "b2 3"),
        "meeting-minutes" => ("page", "2 - 4 1 4 1"),
        "x-post" => ("wide", "4 4 2"),
        "instagram" => ("square", "# - 4 1"),
        "code" => ("wide", "2 3 2 1"),
        "code-review" => ("wide", "3 4 - 2 3"),
        "bug-report" => ("free", "3 - 4 - 1"),
        "translate" => ("wide", "2 - 2"),
        "translation" => ("page", "4 3 - 4 3 - 2"),
        "lesson-plan" => ("page", "b2 - 1 3 1 4 1 2"),
        "interview" => ("free", "2 4 - 2 3"),
        "role-play" => ("free", "2 - 3 - 1 - 3"),
        _ => ("free", "b2 - 3 4 3"),
    }
}
