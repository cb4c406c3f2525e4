//! A connection on which nobody reads for ever.

use super::guests::{Answering, Guest};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

/// A stream whose peer has to take what is written within a time: all of an answer, not the next byte of it.
#[derive(Debug)]
pub(super) struct Timed {
    stream: TcpStream,
    limit: Duration,
    guest: Arc<Guest>,
    /// From when the peer takes no more until everything is written; meanwhile the guest is busy.
    writing: Option<Writing>,
}

#[derive(Debug)]
struct Writing {
    timer: Pin<Box<Sleep>>,
    _answering: Answering,
}

impl Timed {
    pub(super) const fn new(stream: TcpStream, limit: Duration, guest: Arc<Guest>) -> Self {
        Self { stream, limit, guest, writing: None }
    }

    /// What writing gave, or an error once the peer had its time.
    fn in_time(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if written.is_pending() || self.writing.is_some() {
            let (limit, guest) = (self.limit, &self.guest);
            let begin = || Writing { timer: Box::pin(sleep(limit)), _answering: guest.answering() };
            let writing = self.writing.get_or_insert_with(begin);
            if writing.timer.as_mut().poll(context).is_ready() {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
        }
        written
    }
}

impl AsyncRead for Timed {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Timed {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.in_time(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.in_time(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// The server flushes when it has nothing more to write.
    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.stream).poll_flush(context))?;
        self.writing = None;
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
