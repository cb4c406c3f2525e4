//! The table of rules. A rule is added here, and only here; its id then exists everywhere.

use super::Document::{Migration as M, Onboarding as O, QuickReference as Q, Reseller as R, Rulebook as B};
use super::Status::{Decision, Source};
use super::{Citation, Rule};
use crate::names::named_enum;

macro_rules! rules {
    ($($variant:ident $id:literal $status:ident [$($document:ident $section:literal),+] $statement:literal;)+) => {
        named_enum! {
            /// The id of a rule, such as `MIG-5`: stable in code, tests, results and documentation.
            #[non_exhaustive]
            pub enum RuleId {
                $(#[doc = $statement] $variant = $id,)+
            }
        }

        /// Every rule that the library implements, in the order of the rulebook.
        pub static RULES: &[Rule] = &[$(*RuleId::$variant.rule(),)+];

        impl RuleId {
            /// The rule with its statement and sources.
            pub const fn rule(self) -> &'static Rule {
                match self {
                    $(RuleId::$variant => &Rule {
                        id: RuleId::$variant,
                        statement: $statement,
                        citations: &[$(Citation { document: $document, section: $section }),+],
                        status: $status,
                    },)+
                }
            }

            /// The rule's bit in a [`RuleSet`](super::RuleSet).
            pub(super) const fn bit(self) -> u128 {
                1_u128.wrapping_shl(self as u32)
            }
        }
    };
}

rules! {
    Acc1 "ACC-1" Source [Q "Summary", O "Account Details", M "Account Migration"]
        "An account has a format (legacy or avc), a kind, an instance, a unique name and UID, administrators, users, partners, an offer class and company branding.";
    Acc2 "ACC-2" Source [M "introduction, \"all new accounts created since January 2022 are of this format\""]
        "Every account created from 1 January 2022 on is avc.";
    Acc3 "ACC-3" Source [R "Create an Account, \"must be unique\"", Q "What if a customer already has an ALMS account?"]
        "Account names, UIDs and the e-mail addresses of administrators are unique over all accounts, and creating an account with one that is taken is an error that names the field.";
    Acc4 "ACC-4" Source [R "Create an Account, \"They will have 7 days to activate the new account\""]
        "An account that a reseller creates for a customer is partnered with it at once, gives its users a read-only profile, and has to be activated within 7 days, after which the creation has expired.";
    Acc5 "ACC-5" Source [O "Signup Details", Q "How do customers create a new ALMS account?", Q "How will a customer know they need to create a new ALMS account?"]
        "Every authorized partner has a unique sign-up link, which makes it the partner of record and gives an account the partner's instance; without one, linking takes a support ticket that names both accounts.";
    Acc6 "ACC-6" Source [Q "How do partners get the new ALMS with Connectivity signup link created?", Q "Background"]
        "Commissions and the second link, the connectivity sign-up link, exist only under the IOT Solution Sales Agreement; an account created through the plain link, or without the agreement, is linked for support only.";
    Acc7 "ACC-7" Source [Q "What if a customer already has an ALMS account?"]
        "The legacy account of a customer can be linked with the avc account that it got under a second e-mail address, which is then removed.";
    Acc8 "ACC-8" Source [O "Sierra Wireless Partner Accounts", O "Trialing ALMS Pre-Purchase", O "Using an ALMS Account to Transition Devices to AM or AMM"]
        "A reseller account has at most 20 systems, a free tier account 15, none registered before it became one, and is meant for 3 weeks; neither of them nor a transition account consumes tokens.";
    Acc9 "ACC-9" Decision [O "Access and Login", O "ALMS Support Contact Detail (list lost)"]
        "Only administrators reach account management, and support contact details need at least two of name, phone and e-mail.";
    Acc10 "ACC-10" Source [O "Trialing ALMS Pre-Purchase, step 4", O "Creating a New ALMS Account, step 2", O "Using an ALMS Account to Transition Devices to AM or AMM"]
        "Conversions keep systems, users and configuration: customer to free tier by support ticket and only while no system is registered, free tier to customer, and customer to reseller for authorized partners by ticket; a transition account is made by the vendor.";
    Acc11 "ACC-11" Source [M "\"All Partnerships ... remain in place after the account migration\"", R "AirLink Services Renewal Notifications"]
        "Partnerships survive a migration; an account may have several partners, each with the profile of its users and whether it is the partner of record, and the customer can end a partnership.";
    Xrs1 "XRS-1" Source [Q "Summary", M "\"XR Series routers ... require the new ALMS accounts to operate\""]
        "An XR Series router registers only in an avc account.";
    Xrs2 "XRS-2" Decision [Q "Summary, \"The right data center\"", M "\"the SKU ... must align with the correct instance of ALMS\"", B "XRS-2"]
        "The SKU region of an XR Series router must match the account's instance: North America to NA, Global to EU; other instances are refused as unverified, and the table is a policy.";
    Xrs3 "XRS-3" Source [Q "Summary, \"The account needs to meet the following criteria\""]
        "The verdict on an XR Series router lists every failed criterion with the way to fix it, not only the first.";
    Xrs4 "XRS-4" Decision [M "\"During the account migration process, we leave the account on its current server\"", B "XRS-4"]
        "A migration leaves the account on its instance; a move to another one is made by Customer Support, who delete the account and create it again, so that what hangs on it is lost.";
    Xrs5 "XRS-5" Source [Q "Why do customers need a different type of account for XR Series Devices?"]
        "The data of the out-of-band radio is included in the XR's AirLink Complete or AirLink Premium offer; its SIM has a life cycle like any other, run by the vendor.";
    Pay1 "PAY-1" Source [Q "Does the customer need to provide credit card or other payment information?"]
        "Registering XR Series routers needs no payment details.";
    Pay2 "PAY-2" Source [Q "Does the customer need to provide credit card or other payment information?", M "Direct Billing Offers"]
        "Card: United States only, with a billing address there; SEPA: European Union; direct invoicing: by arrangement with sales; anything else: set up by the vendor.";
    Pay3 "PAY-3" Source [Q "What sorts of \"Services\" can customers purchase, table and footnote"]
        "Services are sold by region: the web sign-up sells what the table lists for the United States and the European Union; in the rest of the world connectivity comes from sales, and monthly support by manual assistance.";
    Pay4 "PAY-4" Source [M "\"All new ALMS accounts only support one type of offer\""]
        "An avc account has one billing model for all its offers: pre-paid (default) or direct billing.";
    Tok1 "TOK-1" Source [O "Ordering ALMS Service Packs"]
        "One Service Pack (SKU 9010177, list price 20 USD, no minimum order) is 12 tokens: one system for 12 months.";
    Tok2 "TOK-2" Source [O "My Token Stock Tab", B "TOK-2"]
        "One token is one active system for one month: at a month's end the stock falls by that month's peak of activated systems, booked on or after its last day and once per account.";
    Tok3 "TOK-3" Source [O "Sierra Wireless Partner Accounts", O "My Token Stock Tab"]
        "Accounts whose consumption is suspended record usage but consume nothing.";
    Tok4 "TOK-4" Source [O "My Token Stock Tab, \"also considered when calculating the expected token balances\""]
        "Purchases, sales to customers, adjustments and registrations count in the expected balance at the end of the month.";
    Tok5 "TOK-5" Source [O "My Token Stock Tab, \"Future usage is predicted based on the previous month's peak\"", B "TOK-5"]
        "From the balance that is expected at the end of the day's month, the booked or else the predicted use is subtracted at each further month end; the date to buy by is the first month end below zero, and the packs to buy bring a suspended account above zero.";
    Tok6 "TOK-6" Source [O "Wholesale Model", O "Correction of errors in an order, credit and debit notes"]
        "A balance below zero suspends the account, and an order or credit that brings it back to more than zero reactivates it.";
    Tok7 "TOK-7" Source [O "\"Each successful registration adds one ALMS Service Pack (12 tokens)\""]
        "Registering an LX, ES, GX, RV or MP series system for AirLink Complete adds one Service Pack to the account, once per system: its serial, whatever the account.";
    Tok8 "TOK-8" Source [O "Ordering ALMS Service Packs, recommendation 2"]
        "Packs x 12 / systems is the number of months covered; fewer packs than systems is less than a year.";
    Tok9 "TOK-9" Source [O "My Token Stock Tab", O "List Stock Updates"]
        "A statement shows the stock, the month's evolution, use and purchases of the past 12 months and their monthly reports; a reseller's report includes its customers.";
    Ord1 "ORD-1" Source [O "Delegation Model"]
        "Delegation: an order names the customer by company name or UID and by the administrator's e-mail; the customer gets the tokens, the partner's list mirrors them as bought and sold on.";
    Ord2 "ORD-2" Source [O "Wholesale Model"]
        "Wholesale: an order without any identification of a customer goes to the partner's own stock.";
    Ord3 "ORD-3" Source [O "Wholesale Model", O "Subaccounts Tab"]
        "A transfer moves tokens from the partner's stock to a customer at once, and is refused when the partner's stock would fall below zero.";
    Ord4 "ORD-4" Source [O "Correction of errors in an order, credit and debit notes"]
        "An order or transfer may be edited in any field or deleted during the calendar month in which it was entered, not before its own day or its last edit; the tokens follow, the same checks apply, and lists show it as it stood on their day.";
    Ord5 "ORD-5" Source [O "Correction of errors in an order, credit and debit notes", O "List Stock Updates"]
        "A credit note moves tokens from the partner to the customer, a debit note back, without a purchase order; the vendor gives complimentary tokens and can take tokens back, with a reason.";
    Ord6 "ORD-6" Source [O "List Stock Updates"]
        "Lists of stock updates filter on order date, PO number, packs, product reference and kind.";
    Ord7 "ORD-7" Decision [B "ORD-7"]
        "Every booking carries an idempotency key: the same key with the same content returns the first result, with other content it is an error; bookings are append-only and their sum is the balance.";
    Ord8 "ORD-8" Source [O "Ordering ALMS Service Packs, \"discounts, if any, apply to each customer order\"", B "ORD-8"]
        "The amount of an order is packs x list price - discount, exact, rounded once, half-even, to the currency's minor unit.";
    Ord9 "ORD-9" Source [O "Subaccounts Tab", B "ORD-9"]
        "Only a partner of the customer orders for it, transfers to it or adjusts its stock; token bookings may arrive in any date order, but an edit is not dated before its order or that order's last edit (ORD-4).";
    Off1 "OFF-1" Source [M "\"Offers define the services that are available on an AirLink device\"", B "OFF-1"]
        "An offer defines device management, support level and optionally connectivity, a term (1, 3 or 5 years pre-paid; a month or a year direct), the devices it fits and the regions that sell it.";
    Off2 "OFF-2" Source [M "\"It will never be displayed as a valid offer for any other device type\""]
        "An offer that is tied to a model is never listed for another.";
    Off3 "OFF-3" Decision [M "\"a minimum of four default offers\" (list lost)", Q "services table"]
        "A new account has at least the default offers AirLink Basic, AirLink Complete, AirLink Complete (XR80) and AirLink Premium; which devices each fits is data of the catalogue, AirLink Basic has no customer support, and out-of-band connectivity is part of an offer only for XR models.";
    Off4 "OFF-4" Source [M "\"Direct Billing Offers will have other default offers\"", R "Free AirLink Services for up to 20 AirLink Routers", Q "services table"]
        "Direct-billing accounts also get the connectivity offers of their location; reseller accounts get no connectivity and no SIM cards.";
    Off5 "OFF-5" Decision [M "\"we can customize offers for customers that need a unique set of features\"", B "OFF-5"]
        "Catalogues are versioned data with an effective date, a customer may have offers of its own, and a subscription names the version under which it was sold.";
    Sub1 "SUB-1" Source [M "Renewal Example - Pre-paid Offers", O "\"Each successful registration adds one ALMS Service Pack (12 tokens)\""]
        "The first registration of a system starts the included first year: service and warranty end one year after it, and with the first term at the latest; a service does not start before its registration, nor after the stated end of its first term.";
    Sub2 "SUB-2" Source [M "Renewal Example - Pre-paid Offers", B "SUB-2"]
        "A purchase order moves the end date by its months on from the current end date, however early it arrives, and terms without a gap are counted from the day on which their chain began, so that no renewal loses a day.";
    Sub3 "SUB-3" Source [M "Renewal Example - Pre-paid Offers, \"If you fail to renew\""]
        "Without renewal the service is suspended on the end date, support and warranty end with it, and the account stays open.";
    Sub4 "SUB-4" Decision [M "Renewal Example - Pre-paid Offers, \"any devices can be reactivated by renewing your service\"", B "SUB-4"]
        "A late renewal reactivates; its term runs from the order date or, by policy, from the lapsed end date or from a day between them, and a term that is over on the day of its order is not sold.";
    Sub5 "SUB-5" Source [M "Renewal Example - Pre-paid Offers, \"your service is due to expire in the next 90 days\""]
        "A notification is due when the end date is 1 to 90 days away; the end date is the first day without service, so an end on the day itself has lapsed.";
    Sub6 "SUB-6" Decision [M "Renewal Example - Direct Billing Offers, \"to a maximum of five years for warranty\"", B "SUB-6"]
        "The warranty runs on while service is kept without a gap, to at most five years after the first registration of the serial, and does not outlive the service.";
    Sub7 "SUB-7" Source [M "Direct Billing Offers", M "Renewal Example - Direct Billing Offers"]
        "Direct billing invoices each period in advance for all active systems and goes on by itself after the included year; a change of offer or period and a termination may be declared from the registration on and take effect with the next invoice after that year.";
    Sub8 "SUB-8" Source [M "Within the new ALMS accounts, \"All new ALMS accounts only support one type of offer\""]
        "An account has one kind of billing, and a subscription of the other kind is refused.";
    Sub9 "SUB-9" Decision [B "SUB-9"]
        "Co-termination: one common end date, days = sum of weight x days / sum of weights; rounding, cap, divisor and base date are policies.";
    Sub10 "SUB-10" Decision [B "SUB-10"]
        "A renewal quote gives the purchase order lines that renew a fleet, their exact cost, the dates after, and the systems due per month.";
    Sub11 "SUB-11" Decision [M "Direct Billing Offers", Q "services table", B "SUB-11"]
        "A system has one support subscription and any number of connectivity subscriptions, each offer once; connectivity has no included year and is billed or sold from its first day.";
    Ser1 "SER-1" Decision [R "Device Transfer", M "account cleanup", B "SER-1"]
        "The included first year and the start of the warranty belong to the system, once per serial over all accounts: one that is registered again keeps its first registration, and has what is left of that year.";
    Ser3 "SER-3" Decision [B "SER-3"]
        "A serial number is text without blanks, control or format characters; a reader of files removes those at its ends and unwraps what a spreadsheet wrapped, each with a note, and refuses what a spreadsheet destroyed.";
    Mig1 "MIG-1" Source [Q "What if a customer already has an ALMS account?"]
        "Nobody is migrated without consent: planning needs none, applying does, and the consent names the plan's fingerprint, is given by an administrator of the account (a policy) and not after the migration date.";
    Mig2 "MIG-2" Source [M "introduction, conversion to the new account format"]
        "An avc account cannot be migrated again.";
    Mig3 "MIG-3" Source [M "Devices and Current State", M "example 2"]
        "A system in maintenance mode goes to inventory with AirLink Basic, without end date and tokens; activating it takes a purchase order.";
    Mig4 "MIG-4" Source [M "Offer Assignment"]
        "A system with a support end date on or after the migration date gets AirLink Complete until its support end date; an end on the migration date itself, and an offer that does not fit the model, are warnings.";
    Mig5 "MIG-5" Source [M "example 2, \"Tokens Consumed\""]
        "Each AirLink Complete system takes as many tokens from the pool as there are month ends between the migration date and its support end date.";
    Mig6 "MIG-6" Source [M "example 2, \"Systems with expired support end dates\""]
        "A support end date before the migration date counts as none.";
    Mig7 "MIG-7" Source [M "account cleanup", M "example 2"]
        "A system that never communicated is deleted.";
    Mig8 "MIG-8" Source [M "account cleanup", M "examples 1 and 2"]
        "A system whose last communication lies more than 12 months before the migration date is deleted; exactly 12 months stays, and the 12 is a policy.";
    Mig9 "MIG-9" Source [M "Offer Assignment", M "examples 1 and 2"]
        "Every other system gets AirLink Basic; the tokens left are divided evenly over these systems, which all end that many months after the migration date.";
    Mig10 "MIG-10" Decision [M "examples 1 and 2, \"Renewal Date Calculation\" (list lost)"]
        "A part of a month is rounded by the policy `month_rounding`: down (default), nearest, up or pro_rata_days.";
    Mig11 "MIG-11" Decision [M "example 2, \"Renewal Date set to August 2024\""]
        "The policy `complete_renewal` keeps the support end date (default) or adds years to it; the tokens taken are those of MIG-5 either way.";
    Mig12 "MIG-12" Decision [M "Offer Assignment", M "account cleanup"]
        "The policy `cleanup` decides between valid support and clean-up: protect_paid (default) deletes nothing that is paid for, strict cleans up first.";
    Mig13 "MIG-13" Decision [M "Devices and Current State"]
        "An inventory system that communicated recently keeps inventory with AirLink Basic, without tokens and end date.";
    Mig14 "MIG-14" Source [M "account cleanup, \"You can use that data to re-register devices\""]
        "Deleted systems come out as an export that can be registered again, without a second free year (SER-1).";
    Mig15 "MIG-15" Decision [B "MIG-15"]
        "Too few tokens, a negative pool, no months, more than 60 months or nobody to take the tokens never change a date that is paid for: they are reported.";
    Mig16 "MIG-16" Decision [B "MIG-16"]
        "Opening + written off = complete + basic + pro rata + unallocated - overgranted, in every plan.";
    Mig17 "MIG-17" Source [Q "Summary"]
        "An XR Series router cannot be in a legacy account.";
    Mig18 "MIG-18" Source [M "Existing ALMS Accounts", M "Partners Outside the USA", R "Free AirLink Services for up to 20 AirLink Routers"]
        "A reseller account migrates by rules of its own: other accounts of the partner are merged in, users included, at most 20 systems stay, all services are free with an end date 5 years on, and a move to another instance is possible in the same step, after which the instance must match the SKU region of every router that stays.";
    Mig19 "MIG-19" Decision [B "MIG-19"]
        "A plan has a fingerprint over account, date, policies and rulebook version; applying it to an account that has changed since is refused.";
    Res1 "RES-1" Source [R "Free AirLink Services for up to 20 AirLink Routers", R "Device Transfer"]
        "A reseller account has at most 20 systems, with all services free, which renew every five years by themselves and are never invoiced, quoted or ordered.";
    Res2 "RES-2" Decision [R "Customers Page", R "\"Renewal Dates\" (list lost)"]
        "The Customers page shows name, UID, total and active systems, the first renewal and how many systems are up for it, systems that end within 1-30, 31-60 and 61-90 days (a policy), partner profile, last login and administrators, to be filtered and sorted.";
    Res3 "RES-3" Source [R "AirLink Services Renewal Notifications", R "Channel Business Managers"]
        "Every month each partnered account gives a renewal notification with a CSV of its systems, those that lapsed within the last 12 months included, to every administrator of every partnered reseller and to the channel business managers; a reseller without an administrator gets none, and the customer's administrators get the notice of SUB-5.";
    Res4 "RES-4" Source [R "Direct Device Registration", M "\"Supports multiple customers in single bulk registration\""]
        "A list registers systems of several models in several accounts at once, each row by itself with a reason where it fails; an account that is known by its UID needs no partnership, and a legacy one no catalogue.";
    Res5 "RES-5" Source [R "Device Transfer"]
        "A system is transferred between the reseller's own account and a partnered one, only under an offer of the same type; in the customer's account it activates as new, with what SER-1 leaves of the included year.";
    Res6 "RES-6" Decision [R "Device Transfer, \"the service allocation is missing or expired\" (list lost)", B "RES-6"]
        "One year after the first registration the included year is used up, and a transfer to a customer takes a renewal that was bought for the system or that the customer's account holds.";
    Res7 "RES-7" Source [O "Subaccounts Tab"]
        "The Subaccounts grid shows balance, active or suspended, active systems and the date to buy by of every customer, to be filtered and sorted.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_one_sentence_with_a_source() {
        for rule in RULES {
            assert!(
                rule.statement.ends_with('.') && !rule.statement.trim_end_matches('.').contains(". "),
                "{}",
                rule.id
            );
            assert!(!rule.citations.is_empty(), "{}", rule.id);
            assert_eq!(rule.id.rule(), rule);
        }
    }
}
