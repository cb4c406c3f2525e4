//! A small HTTP service that embeds `alms-core`: it shows how a host books tokens and applies migrations safely.
//!
//! [`app()`] is the service as a router, [`serve`] the loop around it, [`openapi`] its description, [`callers`] who sends
//! its requests. The pattern is in `desk` (one lock, one transaction per booking), `routes::migration` (the version on
//! which a plan relies) and `policy` (who may do what).

mod app;
mod budget;
pub mod callers;
mod deadline;
mod desk;
mod documents;
mod fields;
mod gate;
pub mod openapi;
mod policy;
mod problem;
mod request;
mod routes;
mod server;
mod store;
mod work;

pub use app::{Settings, app};
pub use request::BODY_BYTES_MAX;
pub use server::{Limits, serve};
pub use store::DatabaseUrl;
