//! What a person does with the app, in real browsers, against the release folder and the scripted server.
#![allow(clippy::disallowed_methods)] // a program of the host: clocks and threads are its trade

mod answers;
mod between;
mod board;
mod chat;
mod context;
mod data;
mod dialects;
mod doctor;
mod durable;
mod faults;
mod frames;
mod gallery;
mod hosting;
mod keys;
mod lock;
mod memory;
mod models;
mod rest;
mod rest_later;
mod screens;
mod secrets;
mod stays;
mod surface;
mod tabs;
mod talk;
mod time;
mod usage;
mod versions;
mod volume;
mod wrong;

use std::process::ExitCode;

fn main() -> ExitCode {
    e2e::run::main(&[
        talk::ALL,
        rest::ALL,
        rest_later::ALL,
        keys::ALL,
        frames::ALL,
        gallery::ALL,
        memory::ALL,
        context::ALL,
        answers::ALL,
        between::ALL,
        board::ALL,
        chat::ALL,
        data::ALL,
        faults::ALL,
        dialects::ALL,
        doctor::ALL,
        tabs::ALL,
        durable::ALL,
        time::ALL,
        versions::ALL,
        hosting::ALL,
        secrets::ALL,
        stays::ALL,
        surface::ALL,
        lock::ALL,
        volume::ALL,
        usage::ALL,
        models::ALL,
        wrong::ALL,
        screens::ALL,
    ])
}
