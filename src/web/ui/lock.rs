//! The lock of the keys: its button in the settings, and the sheet over the page that asks for the passphrase.

use super::focus;
use super::icon::small_icon;
use crate::i18n::lock::Words;
use crate::lock::{Sealed, is_short};
use crate::web::app::{App, db};
use crate::web::lock::{self, Trouble};
use crate::web::start::read_settings;
use js_sys::{Function, Promise};
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlDialogElement, HtmlElement, HtmlInputElement};

/// What a passphrase is tried on: something sealed, and what it is about.
type Sample = (String, String);

/// How the lock stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Keys are stored in clear.
    #[default]
    Off,
    /// Locked, and not open in this tab.
    Locked(Sample),
    /// Locked, and open in this tab.
    Open,
}

/// What the sheet shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Face {
    #[default]
    Set,
    /// For a connection of this name, or for none in particular.
    Unlock(String, Sample),
    Forgotten,
    Open,
}

/// The sheet. `Copy`, so that it goes into every closure.
#[derive(Clone, Copy)]
struct Sheet {
    app: App,
    face: RwSignal<Face>,
    wrong: RwSignal<&'static str>,
    busy: RwSignal<bool>,
}

thread_local! {
    static STANDING: ArcRwSignal<Standing> = ArcRwSignal::default();
    static SHEET: RefCell<Option<Sheet>> = const { RefCell::new(None) };
    /// Those who wait for the sheet to be closed.
    static WAITING: RefCell<Vec<Function>> = const { RefCell::new(Vec::new()) };
}

/// How the lock stands. Tracked.
pub fn standing() -> Standing {
    STANDING.with(|standing| standing.get())
}

/// Looks again how the lock stands.
pub async fn look() {
    let sample = db().keys().await.ok().and_then(|keys| keys.sample());
    let now = match sample {
        None => Standing::Off,
        Some(sample) => match Sealed::read(&sample.0) {
            Some(sealed) if lock::is_open(sealed.salt) => Standing::Open,
            _ => Standing::Locked(sample),
        },
    };
    STANDING.with(|standing| {
        if standing.read_untracked() != now {
            standing.set(now);
        }
    });
}

/// Puts the sheet into the page, closed. To be called once.
pub fn mount(app: App) {
    STANDING.with(|_| ());
    let host = document().create_element("div").ok();
    let host = host.and_then(|host| host.dyn_into::<HtmlElement>().ok());
    let (Some(host), Some(body)) = (host, document().body()) else {
        return;
    };
    if body.append_child(&host).is_ok() {
        mount_to(host, move || view! { <Passphrase app /> }).forget();
    }
    spawn_local(look());
}

/// Asks for the passphrase that opens something sealed; returns once the sheet is closed.
pub async fn ask(name: &str, sample: Sample) {
    let Some(sheet) = SHEET.with_borrow(|sheet| *sheet) else {
        return;
    };
    let face = match Sealed::read(&sample.0) {
        Some(_) => Face::Unlock(name.to_owned(), sample),
        None => Face::Forgotten,
    };
    let closed = Promise::new(&mut |resolve, _| {
        WAITING.with_borrow_mut(|waiting| waiting.push(resolve));
    });
    // Who asks while it is open waits for the same passphrase.
    if dialog().is_none_or(|dialog| !dialog.open()) {
        sheet.show(face);
    }
    let _ = JsFuture::from(closed).await;
}

/// The button in the settings: says how the lock stands, and opens the sheet.
#[component]
pub fn LockButton(app: App) -> impl IntoView {
    let words = move || Words::of(app.lang.get());
    let said = move || match standing() {
        Standing::Off => words().tool_off,
        Standing::Locked(_) => words().tool_locked,
        Standing::Open => words().tool_open,
    };
    let show = move |_| {
        let Some(sheet) = SHEET.with_borrow(|sheet| *sheet) else {
            return;
        };
        sheet.show(match untrack(standing) {
            Standing::Off => Face::Set,
            Standing::Locked(sample) => Face::Unlock(String::new(), sample),
            Standing::Open => Face::Open,
        });
    };
    view! {
        <button type="button" class="tool" id="keys-lock" aria-haspopup="dialog" aria-label=said on:click=show>
            {small_icon("lock")}<span class="wide-only">{said}</span>
        </button>
    }
}

#[component]
fn Passphrase(app: App) -> impl IntoView {
    let sheet = Sheet {
        app,
        face: RwSignal::default(),
        wrong: RwSignal::default(),
        busy: RwSignal::default(),
    };
    SHEET.set(Some(sheet));
    let words = move || Words::of(app.lang.get());
    let title = move || match sheet.face.get() {
        Face::Set => words().title_set,
        Face::Unlock(..) => words().title_locked,
        Face::Forgotten => words().title_forgotten,
        Face::Open => words().title_open,
    };
    let lede = move || match sheet.face.get() {
        _ if !lock::is_possible() => words().impossible.to_owned(),
        Face::Set => words().lede_set.to_owned(),
        Face::Unlock(name, _) if name.is_empty() => words().lede_locked.to_owned(),
        Face::Unlock(name, _) => (words().lede_wanted)(&name),
        Face::Forgotten => words().lede_forgotten.to_owned(),
        Face::Open => words().lede_open.to_owned(),
    };
    view! {
        <dialog class="sheet" id="lock-sheet" data-kind="ask" aria-labelledby="lock-title" on:close=move |_| sheet.closed()>
            <div class="panel-title">
                <h2 id="lock-title">{title}</h2>
                <button type="button" class="tool" aria-label=move || words().close on:click=move |_| close()>{small_icon("cross")}</button>
            </div>
            <p>{lede}</p>
            {move || sheet.body(words())}
        </dialog>
    }
}

impl Sheet {
    fn show(self, face: Face) {
        self.wrong.set("");
        let first = self.turn(face);
        if let Some(dialog) = dialog()
            && !dialog.open()
        {
            let _ = dialog.show_modal();
        }
        focus::soon(first.to_owned());
    }

    /// Shows another face; what then has the keyboard.
    fn turn(self, face: Face) -> &'static str {
        let first = match face {
            Face::Set | Face::Unlock(..) => "#lock-sheet input",
            Face::Forgotten => "#lock-sheet .actions .button",
            Face::Open => "#lock-sheet .button-ink",
        };
        self.wrong.set("");
        self.face.set(face);
        first
    }

    fn body(self, words: &'static Words) -> AnyView {
        if !lock::is_possible() {
            return ().into_any();
        }
        let turn = move |face: Face| focus::soon(self.turn(face).to_owned());
        match self.face.get() {
            Face::Set => self.form(
                words.lock,
                view! {
                    {field("lock-new", words.passphrase, "new-password")}
                    {field("lock-again", words.again, "new-password")}
                }
                .into_any(),
                button(words.cancel, "", close),
                move || self.set(),
            ),
            Face::Unlock(_, sample) => self.form(
                words.unlock,
                field("lock-passphrase", words.passphrase, "current-password"),
                button(words.forgotten, "", move || turn(Face::Forgotten)),
                move || self.unlock(sample.clone()),
            ),
            Face::Forgotten => view! {
                <div class="actions">
                    {button(words.back, "", move || back(self))}
                    {button(words.forget, "button-loss", move || self.forget())}
                </div>
            }
            .into_any(),
            Face::Open => view! {
                <div class="actions">
                    {button(words.in_clear, "", move || self.finish(words.now_clear, lock::remove()))}
                    {button(words.change, "", move || turn(Face::Set))}
                    {button(words.lock_now, "button-ink", || { lock::close(); close() })}
                </div>
            }
            .into_any(),
        }
    }

    /// A form with one way on and one other.
    fn form(
        self,
        label: &'static str,
        fields: AnyView,
        other: AnyView,
        act: impl Fn() + 'static,
    ) -> AnyView {
        let words = move || Words::of(self.app.lang.get());
        let said = move || match self.busy.get() {
            true => words().working,
            false => label,
        };
        view! {
            <form class="section" on:submit=move |event| { event.prevent_default(); act() }>
                {fields}
                <p class="wrong" role="alert" hidden=move || self.wrong.read().is_empty()>{move || self.wrong.get()}</p>
                <div class="actions">
                    {other}
                    <button type="submit" class="button button-ink" aria-busy=move || self.busy.get().to_string()>{said}</button>
                </div>
            </form>
        }
        .into_any()
    }

    fn words(self) -> &'static Words {
        Words::of(self.app.lang.get_untracked())
    }

    fn set(self) {
        let (new, again) = (value("#lock-new"), value("#lock-again"));
        let wrong = match () {
            () if is_short(&new) => self.words().short,
            () if new != again => self.words().differ,
            () => {
                let done = self.words().now_locked;
                return self.finish(done, async move { lock::set(&new).await });
            }
        };
        self.wrong.set(wrong);
    }

    fn unlock(self, (sealed, about): Sample) {
        let passphrase = value("#lock-passphrase");
        self.finish("", async move {
            let sealed = Sealed::read(&sealed).ok_or(Trouble::Wrong)?;
            lock::unlock(&passphrase, &sealed, &about).await
        });
    }

    fn forget(self) {
        self.finish(self.words().now_forgotten, lock::forget());
    }

    /// Does something that takes a while; then closes the sheet, or says what is wrong.
    fn finish(self, said: &'static str, work: impl Future<Output = Result<(), Trouble>> + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let outcome = work.await;
            self.busy.set(false);
            match outcome {
                Ok(()) => {
                    if !said.is_empty() {
                        self.app.tell(said.to_owned(), None);
                        read_settings(self.app).await;
                    }
                    look().await;
                    close();
                }
                Err(Trouble::Wrong) => {
                    self.wrong.set(self.words().wrong);
                    select("#lock-passphrase");
                }
                Err(Trouble::Missing) => self.wrong.set(self.words().impossible),
                Err(Trouble::Database(fault)) => {
                    self.app.fault(&fault);
                    close();
                }
            }
        });
    }

    /// The sheet was closed, by whatever way: no passphrase stays in the page.
    fn closed(self) {
        self.face.set(Face::Open);
        self.wrong.set("");
        for waiting in WAITING.take() {
            let _ = waiting.call0(&JsValue::UNDEFINED);
        }
        spawn_local(look());
    }
}

/// Back from what is said to those who have forgotten the passphrase.
fn back(sheet: Sheet) {
    match untrack(standing) {
        Standing::Locked(sample) if Sealed::read(&sample.0).is_some() => {
            focus::soon(sheet.turn(Face::Unlock(String::new(), sample)).to_owned());
        }
        _ => close(),
    }
}

fn button(label: &'static str, class: &str, act: impl Fn() + 'static) -> AnyView {
    let class = ["button ", class].concat();
    view! { <button type="button" class=class on:click=move |_| act()>{label}</button> }.into_any()
}

fn field(id: &'static str, label: &'static str, complete: &'static str) -> AnyView {
    view! {
        <label class="field"><span>{label}</span><input class="input" type="password" id=id autocomplete=complete/></label>
    }
    .into_any()
}

fn dialog() -> Option<HtmlDialogElement> {
    focus::find("#lock-sheet")?.dyn_into().ok()
}

fn close() {
    if let Some(dialog) = dialog() {
        dialog.close();
    }
}

fn input(css: &str) -> Option<HtmlInputElement> {
    focus::find(css)?.dyn_into().ok()
}

fn value(css: &str) -> String {
    input(css).map(|field| field.value()).unwrap_or_default()
}

fn select(css: &str) {
    if let Some(field) = input(css) {
        let _ = field.focus();
        field.select();
    }
}
