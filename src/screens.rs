//! The program of every screen but the chat. Loaded when first needed.

fn main() {
    #[cfg(target_arch = "wasm32")]
    viewfinder::web::screens::start();
}
