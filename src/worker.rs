//! The program of the web worker: what is too heavy for the first load or the main thread.

fn main() {
    #[cfg(target_arch = "wasm32")]
    viewfinder::web::worker::start();
}
