//! A small HTTP service that embeds `alms-core`: it shows how a host books tokens and applies migrations safely.
//!
//! [`app()`] is the service as a router, [`serve`] the loop around it, [`openapi`] its description. The pattern is in
//! `desk` (one lock, one transaction per booking) and `routes::migration` (the version on which a plan relies).

mod app;
mod desk;
mod documents;
mod fields;
pub mod openapi;
mod problem;
mod request;
mod routes;
mod server;
mod store;

pub use app::app;
pub use request::BODY_BYTES_MAX;
pub use server::serve;
