//! The scripted model server alone, for trying things by hand: `cargo run -p e2e --bin server [PORT]`.

use e2e::{faults, server::Server};

fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).and_then(|word| word.parse().ok());
    let server = Server::start_at(port.unwrap_or(9100))?;
    println!("Address for a connection: {}", server.base());
    println!(
        "Faults before a model can be named: {}",
        server.base_of("NAME")
    );
    println!("What has arrived: http://{}/log\n\nModels:", server.host());
    for (name, what) in faults::ALL {
        println!("  {name:<24}{what}");
    }
    loop {
        std::thread::park();
    }
}
