//! Connections: how many there are, how long one may take, and how they end.

use std::future::Future;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutStream;

/// The most connections at once. Others wait until one ends.
const MOST: usize = 256;

/// How long a client may take to send the head of a request.
const HEAD: Duration = Duration::from_secs(5);

/// How long a connection may be silent, or not take what is sent.
const SILENCE: Duration = Duration::from_secs(20);

/// How long a connection may last.
const LIFETIME: Duration = Duration::from_secs(300);

/// The most bytes of the head of a request, and of what is read ahead.
const HEAD_BYTES: usize = 16 << 10;

/// A future that ends when the system asks the program to end.
pub(super) type End = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Returns a future that ends when the system asks the program to end.
pub(super) fn asked_to_end() -> io::Result<End> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminated = signal(SignalKind::terminate())?;
        let mut interrupted = signal(SignalKind::interrupt())?;
        Ok(Box::pin(async move {
            tokio::select! {
                _ = terminated.recv() => {}
                _ = interrupted.recv() => {}
            }
        }))
    }
    #[cfg(not(unix))]
    Ok(Box::pin(async {
        // Without a handler, the system ends the program by itself.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }))
}

/// Answers requests until `end`, then waits at most `last` for those that run.
pub(super) async fn serve(listener: TcpListener, routes: Router, end: End, last: Duration) {
    let free = Arc::new(Semaphore::new(MOST));
    let (ending, is_ending) = watch::channel(());
    let mut running = JoinSet::new();
    let accept = async {
        loop {
            let Ok(permit) = Arc::clone(&free).acquire_owned().await else {
                return;
            };
            while running.try_join_next().is_some() {}
            match listener.accept().await {
                Ok((stream, _)) => {
                    let answer = connection(stream, routes.clone(), is_ending.clone());
                    running.spawn(async move {
                        // A connection that takes too long is cut off.
                        let _ = timeout(LIFETIME, answer).await;
                        drop(permit);
                    });
                }
                // Mostly too many open files: wait until connections have ended.
                Err(_) => sleep(Duration::from_millis(50)).await,
            }
        }
    };
    tokio::select! {
        () = accept => {}
        () = end => {}
    }
    drop(listener);
    drop(ending);
    let _ = timeout(last, async { while running.join_next().await.is_some() {} }).await;
}

/// Answers the requests of a connection until it ends or the server does.
async fn connection(stream: TcpStream, routes: Router, mut is_ending: watch::Receiver<()>) {
    // Answers are written whole.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_read_timeout(Some(SILENCE));
    stream.set_write_timeout(Some(SILENCE));
    let mut answers = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD)
            .max_buf_size(HEAD_BYTES)
            .serve_connection(
                TokioIo::new(Box::pin(stream)),
                TowerToHyperService::new(routes)
            )
    );
    let ended = tokio::select! {
        ended = answers.as_mut() => Some(ended),
        _ = is_ending.changed() => None,
    };
    if ended.is_none() {
        answers.as_mut().graceful_shutdown();
        let _ = answers.await;
    }
}
