use crate::names::named_enum;
use crate::offers::BillingModel;

named_enum! {
    /// How a subscription is paid for: as its account is billed (PAY-4), or free in a reseller's account (RES-1).
    pub enum SubscriptionBilling {
        /// By purchase order, in advance.
        PrePaid = "pre_paid",
        /// By invoices, period after period.
        Direct = "direct",
        /// Free of charge, renewing every five years by itself; never invoiced, quoted or ordered (RES-1).
        Free = "free",
    }
}

impl From<BillingModel> for SubscriptionBilling {
    fn from(model: BillingModel) -> Self {
        match model {
            BillingModel::PrePaid => SubscriptionBilling::PrePaid,
            BillingModel::Direct => SubscriptionBilling::Direct,
        }
    }
}
