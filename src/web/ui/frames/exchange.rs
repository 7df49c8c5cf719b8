//! Frames in and out as files.

use super::desk::{keep, new_id};
use crate::guide::frames::Frame;
use crate::i18n::frames::refusal;
use crate::record::frame::{LARGEST, Reason, Refusal, export, import};
use crate::web::app::App;
use crate::web::ui::file::{chosen, save_text};
use crate::web::ui::icon::icon;
use crate::web::ui::lens::Stock;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// Import and export in the head of the screen, and why a file was refused.
#[component]
pub fn Import(app: App) -> impl IntoView {
    let wrong = RwSignal::new(String::new());
    let own = Stock::get().own;
    let take = move |event: web_sys::Event| {
        let Some(file) = chosen(&event) else { return };
        wrong.set(String::new());
        spawn_local(async move {
            match read(app, &file).await {
                Ok(count) => app.tell((app.lang.get_untracked().frames().imported)(count), None),
                Err(why) => wrong.set(why),
            }
        });
    };
    let all = own.clone();
    view! {
        <p class="wrong refused" role="alert" id="frame-refused">{move || wrong.get()}</p>
        <label class="tool file-drop"><input class="visually-hidden" type="file" id="frame-import" accept=".json,application/json" on:change=take/>
            {icon("download")}{move || app.lang.get().frames().import}</label>
        {move || (!own.read().is_empty()).then(|| {
            let all = all.clone();
            view! { <button class="tool wide-only" id="frame-export-all" on:click=move |_| write(&all.get_untracked(), "frames")>{app.lang.get().frames().export_all}</button> }
        })}
    }
}

/// Writes frames to a file.
pub fn write(frames: &[Frame], name: &str) {
    let name = format!("viewfinder-{name}.json");
    save_text(&export(frames), "application/json", &name);
}

/// Takes the frames of a file. One whose id is here already comes in beside it.
async fn read(app: App, file: &File) -> Result<usize, String> {
    let lang = app.lang.get_untracked();
    let unread = || lang.frames().not_read.to_owned();
    let refuse = |why| refusal(lang, why);
    if file.size() > LARGEST as f64 {
        return Err(refuse(Refusal {
            reason: Reason::TooLarge,
            frame: 0,
            slot: None,
        }));
    }
    let text = JsFuture::from(file.text()).await.map_err(|_| unread())?;
    let mut frames = import(&text.as_string().ok_or_else(unread)?).map_err(refuse)?;
    let own = Stock::get().own.get_untracked();
    for frame in &mut frames {
        if own.iter().any(|other| other.id == frame.id) {
            frame.id = new_id();
        }
    }
    let count = frames.len();
    keep(app, frames);
    Ok(count)
}
