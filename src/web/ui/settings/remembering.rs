//! What of the memory can be set: whether there is one, what it may take of a request, whether the model is asked about
//! what is not clear.

use super::appearance::{Choice, change};
use crate::cost::amount;
use crate::memory::Wish;
use crate::record::schema::KV;
use crate::web::app::{App, db};
use crate::web::remember::expected;
use crate::web::ui::{Stock, tell, time};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The section of the settings.
#[component]
pub fn Remembering(app: App) -> impl IntoView {
    let words = move || app.lang.get().settings();
    let wish = RwSignal::from(Stock::get().wish);
    let price = RwSignal::new((0, None));
    Effect::new(move |_| {
        let (connection, model) = app.choice_by_default();
        spawn_local(async move {
            price.try_set(expected(&connection, &model).await);
        });
    });
    let costs = move || {
        let (tokens, cost) = price.get();
        let count = time::count(app.lang.get(), tokens);
        (words().second_costs)(&count, cost.map(amount).as_deref())
    };
    view! {
        <section class="section" id="memory-settings">
            <h3>{move || words().memory}</h3>
            <Choice name="memory" label=move || words().memory
                options=move || vec![(true, words().memory_on), (false, words().memory_off)]
                now=move || app.settings.read().memory set=move |v| change(app, move |s| s.memory = v) />
            <label class="setting"><span>{move || words().memory_budget}</span>
                <input class="input" id="memory-budget" type="number" step="50" min=Wish::RANGE.0.to_string() max=Wish::RANGE.1.to_string()
                    prop:value=move || wish.read().budget.to_string()
                    on:change:target=move |event| set_budget(app, &event.target()) />
                <span class="hint-line">{move || words().memory_budget_hint}</span>
            </label>
            <Choice name="second" label=move || words().second
                options=move || vec![(false, words().second_off), (true, words().second_on)]
                now=move || wish.read().second set=move |second| keep(app, Wish { second, ..wish.get_untracked() }) />
            <p class="hint-line">{move || words().second_hint}{costs}</p>
        </section>
    }
}

fn set_budget(app: App, field: &web_sys::HtmlInputElement) {
    let before = Stock::get().wish.get_untracked();
    let budget = field.value().parse::<u32>().unwrap_or(before.budget);
    let budget = budget.clamp(Wish::RANGE.0, Wish::RANGE.1);
    field.set_value(&budget.to_string());
    keep(app, Wish { budget, ..before });
}

/// Keeps it, and tells the other tabs.
fn keep(app: App, wish: Wish) {
    Stock::get().wish.set(wish);
    spawn_local(async move {
        match db().put_wish(wish).await {
            Ok(()) => tell(KV),
            Err(fault) => app.fault(&fault),
        }
    });
}
