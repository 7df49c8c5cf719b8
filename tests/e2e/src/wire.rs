//! A TCP stream of which a handler can choose the end: a close after so many bytes, or a reset.

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// A handler's hold on its connection.
#[derive(Clone, Debug)]
pub struct Wire(Arc<State>);

#[derive(Debug)]
struct State {
    reset: AtomicBool,
    /// Bytes that may still be written; `usize::MAX` for no limit.
    left: AtomicUsize,
}

impl Wire {
    fn new() -> Self {
        Self(Arc::new(State {
            reset: AtomicBool::new(false),
            left: AtomicUsize::new(usize::MAX),
        }))
    }

    /// The connection ends with a reset, at the next write or when the answer ends.
    pub fn reset(&self) {
        self.0.reset.store(true, Ordering::SeqCst);
    }

    /// After so many more bytes, framing included, the connection is closed.
    pub fn close_after(&self, bytes: usize) {
        self.0.left.store(bytes, Ordering::SeqCst);
    }
}

/// Accepts connections that have a [`Wire`].
pub struct Wired(pub TcpListener);

impl Listener for Wired {
    type Io = Stream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Stream, SocketAddr) {
        loop {
            if let Ok((tcp, peer)) = self.0.accept().await {
                // Small chunks must leave at once.
                let _ = tcp.set_nodelay(true);
                let wire = Wire::new();
                return (Stream { tcp, wire }, peer);
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, Wired>> for Wire {
    fn connect_info(stream: IncomingStream<'_, Wired>) -> Self {
        stream.io().wire.clone()
    }
}

/// One connection.
pub struct Stream {
    tcp: TcpStream,
    wire: Wire,
}

impl Drop for Stream {
    fn drop(&mut self) {
        if self.wire.0.reset.load(Ordering::SeqCst) {
            let _ = self.tcp.set_zero_linger();
        }
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_read(cx, into)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let state = self.wire.0.clone();
        let left = state.left.load(Ordering::SeqCst);
        if state.reset.load(Ordering::SeqCst) || left == 0 {
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        let most = bytes.len().min(left);
        let written = Pin::new(&mut self.tcp).poll_write(cx, &bytes[..most]);
        if let Poll::Ready(Ok(count)) = written
            && left != usize::MAX
        {
            state.left.fetch_sub(count, Ordering::SeqCst);
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }
}
