//! A connection that is kept, with as little work as possible: it shares the machine with what it measures.

use anyhow::{Context as _, Result};
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A connection to the service.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::new() })
    }

    /// Sends a request, reads the whole answer and gives its status.
    pub(crate) async fn send(&mut self, method: &str, path: &str, body: &str) -> Result<u16> {
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        self.stream.write_all(request.as_bytes()).await?;
        self.buffer.clear();
        loop {
            if let Some(status) = whole(&self.buffer)? {
                return Ok(status);
            }
            let read = self.stream.read_buf(&mut self.buffer).await?;
            anyhow::ensure!(read > 0, "the connection ended");
        }
    }
}

/// The status of the answer, once all of it is there.
fn whole(buffer: &[u8]) -> Result<Option<u16>> {
    let end = buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n");
    let Some((head, body)) = end.and_then(|end| buffer.split_at_checked(end.saturating_add(4))) else {
        return Ok(None);
    };
    let head = std::str::from_utf8(head)?;
    let status = head.split(' ').nth(1).context("the answer has no status")?.parse()?;
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.context("the answer has no length")?.parse()?;
    Ok((body.len() >= length).then_some(status))
}
