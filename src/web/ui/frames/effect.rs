//! What the frame is good for, in figures that were counted here: slots covered at sending, week by week, and how
//! often the next message is a correction.

use crate::guide::effect::{Effect as Counts, Tally};
use crate::guide::frames::built_in;
use crate::web::app::App;
use crate::web::clock;
use crate::web::ui::lens::{Stock, week};
use leptos::prelude::*;
use std::sync::Arc;

/// Weeks that a plot shows.
const WEEKS: u32 = 12;
/// Frames that have a plot of their own at most, the most used first.
const FRAMES: usize = 6;
/// The size of a plot, in its own units.
const WIDTH: u32 = 240;
const HEIGHT: u32 = 48;

/// A share as a percentage.
pub fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

/// Whether the frame is shown on the composer.
pub fn switch(app: App) -> AnyView {
    let hidden = Stock::get().hidden;
    let shown = move || !hidden.get();
    view! {
        <section><h2>{move || app.lang.get().frames().on_composer}</h2>
            <label class="check"><input type="checkbox" id="frame-shown" prop:checked=shown
                on:change=move |event| Stock::get().hide(app, !event_target_checked(&event))/>
                {move || app.lang.get().frames().show_it}" "<kbd class="wide-only">{crate::web::ui::lens::HIDE_KEY}</kbd></label>
        </section>
    }
    .into_any()
}

/// All figures: over all frames, then the most used ones, then the corrections.
pub fn figures(app: App, counts: RwSignal<Arc<Counts>>) -> AnyView {
    let drawn = move || {
        let counts = counts.get();
        let words = app.lang.get().frames();
        if counts.rows.is_empty() {
            return view! { <p>{words.effect_none}</p> }.into_any();
        }
        let own = Stock::get().own.get();
        let all = built_in().iter().chain(own.iter());
        let mut used: Vec<(u32, String, String)> = all
            .map(|frame| {
                let count = counts.count(|row| row.frame == frame.id);
                let name = frame.name.get(app.lang.get()).to_owned();
                (count, frame.id.clone(), name)
            })
            .filter(|(count, _, _)| *count > 0)
            .collect();
        used.sort_by_key(|(count, _, _)| std::cmp::Reverse(*count));
        let plots = used
            .into_iter()
            .take(FRAMES)
            .map(|(_, id, name)| plot(app, &counts, &name, move |row| row.frame == id));
        let plots = plots.collect::<Vec<_>>();
        view! {
            <h3>{words.coverage}</h3>
            {plot(app, &counts, words.all_frames, |_| true)}
            <div class="frame-plots">{plots}</div>
            <h3>{words.corrections}</h3>
            {corrections(app, &counts)}
            <p class="hint-line">{words.counted_here}</p>
        }
        .into_any()
    };
    view! { <div class="effect">{drawn}</div> }.into_any()
}

/// The coverage of one frame, where it was used.
pub fn of_frame(app: App, counts: RwSignal<Arc<Counts>>, id: String) -> AnyView {
    (move || {
        let counts = counts.get();
        let words = app.lang.get().frames();
        let id = id.clone();
        (counts.count(|row| row.frame == id) > 0).then(|| {
            view! { <div class="effect"><h3>{words.coverage}</h3>{plot(app, &counts, "", move |row| row.frame == id)}</div> }
        })
    })
    .into_any()
}

/// A bar for each week, as high as the share of slots that were covered; the figures stand beside and below.
fn plot(
    app: App,
    counts: &Counts,
    name: &str,
    of: impl Fn(&Tally) -> bool + Clone + 'static,
) -> AnyView {
    let words = app.lang.get().frames();
    let now = week(clock::now_ms());
    let weeks = counts.weeks(now, WEEKS, of.clone());
    let share = counts.coverage(of).map(percent).unwrap_or_default();
    let label = match name {
        "" => format!("{} {share}", words.coverage),
        _ => format!("{} {share}", (words.coverage_of)(name)),
    };
    let step = WIDTH / WEEKS;
    let bars = weeks.iter().enumerate().map(|(nth, (_, some, all))| {
        let part = f64::from(*some) / f64::from((*all).max(1));
        let height = if *all > 0 { (part * f64::from(HEIGHT - 4)).max(1.5) } else { 0.0 };
        let (x, y) = (nth as u32 * step + 2, f64::from(HEIGHT) - height);
        view! { <rect x=x.to_string() y=y.to_string() width=(step - 4).to_string() height=height.to_string()></rect> }
    });
    let rows = weeks.iter().filter(|(_, _, all)| *all > 0).map(|(nth, some, all)| {
        let day = crate::web::ui::time::day_of_week(app.lang.get(), *nth);
        view! { <tr><th scope="row">{day}</th><td>{percent(f64::from(*some) / f64::from(*all))}</td><td>{format!("{some}/{all}")}</td></tr> }
    });
    view! {
        <figure class="frame-plot">
            <figcaption><span>{name.to_owned()}</span><b class="figure">{share}</b></figcaption>
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" role="img" aria-label=label>
                {bars.collect_view()}
                <path d=format!("M0 {HEIGHT}h{WIDTH}M0 4h{WIDTH}")></path>
            </svg>
            <details><summary>{words.figures}</summary><table class="keys"><tbody>{rows.collect_view()}</tbody></table></details>
        </figure>
    }
    .into_any()
}

/// How often the next message is a correction, with the frame and without.
fn corrections(app: App, counts: &Counts) -> AnyView {
    let words = app.lang.get().frames();
    let row = |name: &'static str, guided: bool| {
        let (all, wrong) = counts.followed_by(|row| row.guided == guided);
        let share = f64::from(wrong) / f64::from(all.max(1));
        let said = match all {
            0 => words.too_few.to_owned(),
            _ => format!("{} · {}", percent(share), (words.share)(wrong, all)),
        };
        view! {
            <dt>{name}</dt>
            <dd><progress class="bar" max="1" value=share.to_string() aria-label=name></progress><span class="figure">{said}</span></dd>
        }
    };
    view! { <dl class="facts shares">{row(words.with, true)}{row(words.without, false)}</dl> }
        .into_any()
}
