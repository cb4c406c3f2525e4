use super::{Country, Payment, PaymentChannel, payments};
use crate::offers::{Assortment, Exclusion, Product, ProductKind, Region, SalesChannel, Subscriber};

/// A service of the region's table, and how it is sold there (PAY-3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service<'a> {
    /// Support, connectivity or SIM cards.
    pub kind: ProductKind,
    /// The offer; `None` where there is no standard one of this kind.
    pub product: Option<&'a Product>,
    /// How it is sold.
    pub channel: SalesChannel,
    /// Everything that keeps the account from it; empty without an account.
    pub exclusions: Vec<Exclusion>,
}

/// What residents of a country can buy, and how they can pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillingOptions<'a> {
    /// The region of the country.
    pub region: Region,
    /// Every method of payment.
    pub payments: Vec<Payment>,
    /// The region's services.
    pub services: Vec<Service<'a>>,
}

impl BillingOptions<'_> {
    /// Whether the web sign-up can sell services here: some method of payment is open to it, and some service.
    pub fn web_sign_up(&self) -> bool {
        let payable = |one: &Payment| one.channel == PaymentChannel::WebSignUp && one.obstacles.is_empty();
        let sold = |one: &Service<'_>| one.channel == SalesChannel::WebSignUp && one.exclusions.is_empty();
        self.payments.iter().any(payable) && self.services.iter().any(sold)
    }
}

/// What residents of `country` can buy and how they can pay; with an account, what keeps it from each (PAY-2 to PAY-4).
///
/// ```
/// use alms_core::billing::options;
/// use alms_core::wire::built_in_catalogues;
/// let assortment = built_in_catalogues().in_effect("2023-03-25".parse()?)?.assortment();
/// assert!(options("US".parse()?, "US".parse()?, None, &assortment).web_sign_up());
/// assert!(!options("US".parse()?, "CA".parse()?, None, &assortment).web_sign_up());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn options<'a>(
    country: Country,
    address: Country,
    account: Option<&Subscriber>,
    assortment: &'a Assortment,
) -> BillingOptions<'a> {
    let region = country.region();
    BillingOptions {
        region,
        payments: payments(country, address, account),
        services: services(region, account, assortment),
    }
}

/// The region's row of the table: what is a standard offer there, and for a kind without one that sales sell it.
fn services<'a>(
    region: Region,
    account: Option<&Subscriber>,
    assortment: &'a Assortment,
) -> Vec<Service<'a>> {
    let standard = assortment.products().filter_map(|one| {
        let product = &one.product;
        let exclusions = account.map_or_else(Vec::new, |account| product.exclusions(account));
        let channel = product.channels.of(region)?;
        Some(Service { kind: product.kind, product: Some(product), channel, exclusions })
    });
    let mut services: Vec<Service<'a>> = standard.collect();
    for kind in [ProductKind::Support, ProductKind::Connectivity] {
        if services.iter().all(|service| service.kind != kind) {
            services.push(Service { kind, product: None, channel: SalesChannel::Sales, exclusions: vec![] });
        }
    }
    services
}
