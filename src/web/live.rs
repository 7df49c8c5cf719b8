//! A reply that streams in this tab: what has arrived, and the view that shows it.
//!
//! The hot path has no signal in it. A view, while there is one, is handed patches once per frame;
//! without a view nothing is parsed, and a view that comes later begins with what is there.

use crate::chat::{Message, Seq};
use crate::id::ChatId;
use crate::markdown::shown;
use crate::markdown::stream::{Look, Patch, Stream};
use crate::reply::Reply;
use crate::web::clock;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// Milliseconds of a frame that parsing and patching may take.
const SLICE: f64 = 7.0;
/// Bytes that are handed to the parser at a time, so that a slice can end between them.
const PIECE: usize = 2048;
/// A last block of more than this many bytes is parsed again only when it has grown by a quarter: otherwise one
/// endless line would cost its length with every token.
const LONG: usize = 32 * 1024;

/// A reply that streams in this tab.
#[derive(Default)]
pub struct Live {
    /// What has arrived.
    pub reply: Reply,
    /// How much of the text was there before: shown at once, so that a reply that goes on does not shrink first.
    there: usize,
    view: Option<View>,
}

/// What a view is told.
pub enum Step<'a> {
    /// The text has grown by this.
    Text(&'a Patch),
    /// The reasoning has grown to this.
    Reasoning(&'a str),
    /// That was all for this frame.
    Drawn,
}

/// Receives what there is to show.
pub type Show = Box<dyn FnMut(Step<'_>)>;

struct View {
    id: u64,
    stream: Stream,
    show: Show,
    parsed: usize,
    reasoned: usize,
}

type Lives = HashMap<(ChatId, Seq), Rc<RefCell<Live>>>;

thread_local! {
    static LIVES: RefCell<Lives> = RefCell::default();
    static VIEWS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// The reply at a place, where it streams in this tab.
pub fn find(chat: &ChatId, seq: Seq) -> Option<Rc<RefCell<Live>>> {
    LIVES.with_borrow(|lives| lives.get(&(chat.clone(), seq)).cloned())
}

/// Whether anything streams into a conversation in this tab.
pub fn any(chat: &ChatId) -> bool {
    LIVES.with_borrow(|lives| lives.keys().any(|(id, _)| id == chat))
}

/// Begins a reply, or goes on with what there is of it.
pub fn begin(message: &Message) -> Rc<RefCell<Live>> {
    let mut live = Live::default();
    live.reply.text.clone_from(&message.text);
    live.reply.reasoning.clone_from(&message.reasoning);
    live.there = shown(&message.text).len();
    let live = Rc::new(RefCell::new(live));
    let place = (message.chat.clone(), message.seq);
    LIVES.with_borrow_mut(|lives| lives.insert(place, live.clone()));
    live
}

/// Ends a reply: it is now in its row.
pub fn end(chat: &ChatId, seq: Seq) {
    LIVES.with_borrow_mut(|lives| lives.remove(&(chat.clone(), seq)));
}

impl Live {
    /// Shows what is there and whatever comes. Returns the number of this view.
    pub fn watch(&mut self, show: Show) -> u64 {
        let id = VIEWS.get() + 1;
        VIEWS.set(id);
        self.view = Some(View {
            id,
            stream: Stream::new(Look::Steady),
            show,
            parsed: 0,
            reasoned: 0,
        });
        id
    }

    /// Says that the text is complete and all of it has been handed on. Whether the view of this number shows it
    /// as it reads, and need not be given it again.
    pub fn complete(&mut self, id: u64, text: &str) -> bool {
        let whole = self.reply.text == text;
        let Some(view) = self.view.as_mut().filter(|view| view.id == id) else {
            return false;
        };
        if !whole || view.parsed < shown(text).len() {
            return false;
        }
        let patch = view.stream.finish();
        (view.show)(Step::Text(&patch));
        (view.show)(Step::Drawn);
        true
    }

    /// The view of this number is gone.
    pub fn unwatch(&mut self, id: u64) {
        if self.view.as_ref().is_some_and(|view| view.id == id) {
            self.view = None;
        }
    }

    /// Hands the view what has arrived since the last frame, as far as a frame's time allows.
    /// Says whether there is more.
    pub fn frame(&mut self) -> bool {
        let Some(view) = &mut self.view else {
            return false;
        };
        let began = clock::ticks();
        let text = shown(&self.reply.text);
        let over = self.reply.end.is_some();
        let before = (view.parsed, view.reasoned);
        if view.parsed < self.there {
            view.stream.push(&text[..self.there]);
            view.parsed = self.there;
            let blocks = view.stream.blocks().to_vec();
            (view.show)(Step::Text(&Patch { keep: 0, blocks }));
        }
        while view.parsed < text.len() {
            let tail = view.stream.tail_len();
            let piece = if tail > LONG { tail / 4 } else { PIECE };
            let mut to = (view.parsed + piece).min(text.len());
            if tail > LONG && to - view.parsed < piece && !over {
                break;
            }
            while !text.is_char_boundary(to) {
                to += 1;
            }
            let patch = view.stream.push(&text[view.parsed..to]);
            view.parsed = to;
            (view.show)(Step::Text(&patch));
            if clock::ticks() - began > SLICE {
                break;
            }
        }
        if self.reply.reasoning.len() > view.reasoned {
            view.reasoned = self.reply.reasoning.len();
            (view.show)(Step::Reasoning(&self.reply.reasoning));
        }
        if before != (view.parsed, view.reasoned) {
            (view.show)(Step::Drawn);
        }
        view.parsed < text.len()
    }
}
