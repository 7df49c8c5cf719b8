//! Which provider a connection is of, and what is spoken with it.

use crate::i18n::connect::Words;
use crate::provider::preset::{self, Place, Preset};
use crate::provider::{Api, Connection};
use crate::web::app::App;
use leptos::prelude::*;

/// The two fields.
#[component]
pub fn Choice(app: App, draft: RwSignal<Connection>) -> impl IntoView {
    let words = move || Words::of(app.lang.get());
    let chosen = Memo::new(move |_| preset::of(&draft.read().base, draft.read().api));
    let take = move |preset: &'static Preset| {
        draft.update(|draft| {
            draft.api = preset.api;
            preset.base.clone_into(&mut draft.base);
            draft.models.clear();
            draft.listed_at = 0;
            draft.model.clear();
            if preset.api == Api::Browser {
                preset.id.clone_into(&mut draft.model);
            }
        });
    };
    let group = move |place: Place| {
        let options = preset::ALL.iter().filter(|preset| preset.place == place).map(|preset| {
            view! { <option value=preset.id selected=move || chosen.get() == Some(preset)>{preset.name(app.lang.get())}</option> }
        });
        view! { <optgroup label=(words().place)(place)>{options.collect_view()}</optgroup> }
    };
    let places = [
        Place::China,
        Place::International,
        Place::Local,
        Place::Here,
    ];
    let api = move |api: Api| {
        view! { <option value=api.name() selected=move || draft.read().api == api>{(words().api)(api)}</option> }
    };
    let remote = move || Api::ALL.into_iter().filter(|api| api.is_remote());
    view! {
        <label class="field"><span>{move || words().provider}</span>
            <select class="input" id="connection-preset" on:change:target=move |event| if let Some(preset) = preset::by_id(&event.target().value()) { take(preset); }>
                <option value="" selected=move || chosen.get().is_none()>{move || words().other}</option>
                {move || places.map(group).collect_view()}
            </select>
        </label>
        <label class="field" hidden=move || !draft.read().api.is_remote()><span>{move || words().speaks}</span>
            <select class="input" id="connection-api" on:change:target=move |event| if let Some(api) = Api::from_name(&event.target().value()) { draft.update(|draft| draft.api = api); }>
                {move || remote().map(api).collect_view()}
            </select>
        </label>
    }
}
