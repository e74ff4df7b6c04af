//! Sockets, opened and greeted.
//!
//! Promise: what [`open_socket`] returns has passed the handshake, within `connect_timeout`; and [`CountingSocket`] knows how many bytes
//! have left it.

use super::deadline_in;
use super::handshake::{handshake, lost, packed};
use crate::client::config::{ConnectionConfig, Endpoint};
use crate::client::error::RedisConnectionError;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _, ReadBuf};
use tokio::net::{TcpStream, UnixStream};
use tokio::time::timeout_at;

/// Opens a socket and completes the handshake, within `connect_timeout`.
pub(super) async fn open_socket(config: &ConnectionConfig) -> Result<Socket, RedisConnectionError> {
    let opened = async {
        let mut socket =
            Socket::connect(&config.endpoint)
                .await
                .map_err(|source| RedisConnectionError::Unreachable {
                    endpoint: config.endpoint.to_string(),
                    source: Arc::new(source),
                })?;
        shake_hands(&mut socket, config).await?;
        Ok(socket)
    };
    let deadline = deadline_in(config.connect_timeout);
    timeout_at(deadline.into(), opened).await.unwrap_or_else(|_| {
        Err(RedisConnectionError::Timeout {
            endpoint: config.endpoint.to_string(),
            timeout: config.connect_timeout,
        })
    })
}

async fn shake_hands(socket: &mut Socket, config: &ConnectionConfig) -> Result<(), RedisConnectionError> {
    let endpoint = config.endpoint.to_string();
    let steps = handshake(config);
    if let Err(source) = socket.write_all(&packed(&steps)).await {
        return Err(RedisConnectionError::Lost {
            endpoint,
            source: Some(Arc::new(source)),
        });
    }
    // It may read ahead, but only answers to these very commands: nothing else has been asked.
    #[expect(
        clippy::default_trait_access,
        reason = "its type is of a crate that only redis-rs depends on"
    )]
    let mut decoder = Default::default();
    for step in &steps {
        let reply = redis::parse_redis_value_async(&mut decoder, socket).await;
        step.check(
            &reply.map_err(|error| lost(&endpoint, config.connect_timeout, &error))?,
            config,
        )?;
    }
    Ok(())
}

pub(super) enum Socket {
    Tcp(TcpStream),
    Unix(UnixStream),
}

impl Socket {
    async fn connect(endpoint: &Endpoint) -> io::Result<Self> {
        match endpoint {
            Endpoint::Tcp { host, port } => {
                let stream = TcpStream::connect((host.as_str(), *port)).await?;
                // A command is small and waits for its answer: nothing to gather.
                stream.set_nodelay(true)?;
                Ok(Self::Tcp(stream))
            }
            Endpoint::Unix(path) => Ok(Self::Unix(UnixStream::connect(path).await?)),
        }
    }
}

impl AsyncRead for Socket {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Tcp(stream) => Pin::new(stream).poll_read(cx, buf),
            Self::Unix(stream) => Pin::new(stream).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Socket {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Tcp(stream) => Pin::new(stream).poll_write(cx, bytes),
            Self::Unix(stream) => Pin::new(stream).poll_write(cx, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Tcp(stream) => Pin::new(stream).poll_flush(cx),
            Self::Unix(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Tcp(stream) => Pin::new(stream).poll_shutdown(cx),
            Self::Unix(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}

/// A socket that counts what leaves it.
pub(super) struct CountingSocket {
    pub(super) socket: Socket,
    pub(super) written: Arc<AtomicU64>,
}

impl AsyncRead for CountingSocket {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().socket).poll_read(cx, buf)
    }
}

impl AsyncWrite for CountingSocket {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let polled = Pin::new(&mut this.socket).poll_write(cx, bytes);
        if let Poll::Ready(Ok(count)) = polled {
            // Ordering: read by `Link::exchange`, before the bytes are handed over and after this task has ended.
            this.written
                .fetch_add(u64::try_from(count).unwrap_or(u64::MAX), Ordering::AcqRel);
        }
        polled
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().socket).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().socket).poll_shutdown(cx)
    }
}
