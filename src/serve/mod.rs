//! The reading room: the archive as pages in a browser, served by this machine.
//!
//! Pages are written on the server from the same rooms that the command line asks, and work without
//! scripts. Nothing is fetched from elsewhere: styles, script and templates are part of the program.

mod address;
mod article_page;
mod asked;
mod browse_page;
mod chart;
mod chips;
mod connections;
mod door;
mod facets;
mod filed_lines;
mod form;
mod front_page;
mod hits;
mod kept_pages;
mod marked;
mod neighbours;
mod numbers;
mod openapi;
mod opensearch;
mod page;
mod person_change;
mod person_page;
mod person_routes;
mod room;
mod routes;
mod search_page;
mod story_view;

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::archive::Archive;
use crate::error::{Error, Result};
use door::Door;
use room::Room;

/// How long running requests are waited for when the server ends.
const LAST_REQUESTS: Duration = Duration::from_millis(500);

/// How the reading room is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// The index folder.
    pub index: PathBuf,
    /// The address that the server listens at.
    pub listen: IpAddr,
    /// The port; 0 leaves the choice to the system.
    pub port: u16,
    /// The names by which browsers may call this machine, beside `localhost` and its addresses.
    pub hosts: Vec<String>,
    /// The password that every request needs.
    pub password: Option<String>,
    /// Whether everyone who reaches the address may read the archive.
    pub is_public: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            index: PathBuf::from(crate::archive::FOLDER_NAME),
            listen: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 7700,
            hosts: Vec::new(),
            password: None,
            is_public: false,
        }
    }
}

/// Serves an archive until the system asks the program to end (SIGINT, SIGTERM). `opened` is called with
/// the address of the first page, `report` with every error of the archive.
///
/// # Errors
///
/// [`Error::Exposed`] if others could reach the address and neither a password is set nor the room is
/// public, [`Error::Listen`] if the address can't be listened at, and the errors of [`Archive::open`].
pub fn serve(
    options: &Options,
    opened: impl FnOnce(&str),
    report: impl Fn(&Error) + Send + Sync + 'static,
) -> Result<()> {
    let is_guarded = options.password.is_some() || options.is_public;
    if !options.listen.is_loopback() && !is_guarded {
        return Err(Error::Exposed(options.listen));
    }
    let is_public = options.is_public && options.password.is_none();
    let room = Room::new(Archive::open(&options.index)?, is_public, report);
    let address = SocketAddr::new(options.listen, options.port);
    let failed = |source: io::Error| Error::Listen { address, source };
    let listener = TcpListener::bind(address).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(room::most_at_once() + 1)
        .enable_all()
        .build()
        .map_err(failed)?;
    let door = Door::new(options.hosts.clone(), options.password.clone());
    let routes = routes::routes(Arc::new(room), Arc::new(door));
    runtime
        .block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            let end = connections::asked_to_end()?;
            opened(&format!("http://{bound}/"));
            connections::serve(listener, routes, end, LAST_REQUESTS).await;
            Ok(())
        })
        .map_err(failed)?;
    // A search that still runs is not waited for.
    runtime.shutdown_background();
    Ok(())
}
