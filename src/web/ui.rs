//! The views. Each file is one thing on the screen; all of them read [`crate::web::app::App`].

mod composer;
mod ending;
mod file;
mod focus;
mod frames;
mod help;
mod icon;
mod learned;
mod lens;
mod live;
mod memory;
mod message;
mod notices;
mod options;
mod picker;
mod place;
mod prose;
mod request;
mod root;
mod screen;
mod settings;
mod sidebar;
mod sidebar_search;
mod thread;
mod time;
mod used;

pub use composer::{adopt, focus as focus_composer, stop};
pub use focus::find;
pub use help::sheet as help_sheet;
pub use lens::{Stock, heard as heard_of_frames, read as read_frames, tell};
pub use memory::{board as memory_board, heard as heard_of_memory};
pub use place::in_place;
pub use root::Root;
pub use screen::Screens;
pub use sidebar::new_chat;
pub use thread::{copy, go_to};
