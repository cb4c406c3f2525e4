//! The table of rules. A rule is added here, and only here; its id then exists everywhere.

use super::Document::{Migration as M, Onboarding as O, QuickReference as Q, Reseller as R, Rulebook as B};
use super::Status::{Decision, Source};
use super::{Citation, Rule};
use crate::names::named_enum;

macro_rules! rules {
    ($($variant:ident $id:literal $status:ident [$($document:ident $section:literal),+] $statement:literal;)+) => {
        named_enum! {
            /// The id of a rule, such as `MIG-5`: stable in code, tests, results and documentation.
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
    Acc8 "ACC-8" Source [O "Sierra Wireless Partner Accounts", O "Trialing ALMS Pre-Purchase", O "Using an ALMS Account to Transition Devices to AM or AMM"]
        "Reseller, free tier and transition accounts consume no tokens and have limits of their own.";
    Acc10 "ACC-10" Source [O "Trialing ALMS Pre-Purchase, step 4"]
        "The conversion of a free tier account to a customer account keeps systems, users and configuration.";
    Acc11 "ACC-11" Source [M "\"All Partnerships ... remain in place after the account migration\"", R "AirLink Services Renewal Notifications"]
        "Partnerships survive a migration, and an account may have several partners.";
    Tok1 "TOK-1" Source [O "Ordering ALMS Service Packs"]
        "One Service Pack (SKU 9010177, list price 20 USD, no minimum order) is 12 tokens: one system for 12 months.";
    Mig1 "MIG-1" Source [Q "What if a customer already has an ALMS account?"]
        "Nobody is migrated without consent: planning needs none, applying does, and the consent names the plan's fingerprint.";
    Mig2 "MIG-2" Source [M "introduction, conversion to the new account format"]
        "An avc account cannot be migrated again.";
    Mig3 "MIG-3" Source [M "Devices and Current State", M "example 2"]
        "A system in maintenance mode goes to inventory with AirLink Basic, without end date and tokens; activating it takes a purchase order.";
    Mig4 "MIG-4" Source [M "Offer Assignment"]
        "A system with a support end date on or after the migration date gets AirLink Complete until its support end date.";
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
        "Deleted systems come out as an export that can be re-registered.";
    Mig15 "MIG-15" Decision [B "MIG-15"]
        "Too few tokens, a negative pool, no months, more than 60 months or nobody to take the tokens never change a date that is paid for: they are reported.";
    Mig16 "MIG-16" Decision [B "MIG-16"]
        "Opening + written off = complete + basic + pro rata + unallocated - overgranted, in every plan.";
    Mig17 "MIG-17" Source [Q "Summary"]
        "An XR Series router cannot be in a legacy account.";
    Mig18 "MIG-18" Source [M "Existing ALMS Accounts", R "Free AirLink Services for up to 20 AirLink Routers"]
        "A reseller account migrates by rules of its own (accounts merged, at most 20 systems, all services free for five years), so the plan for token accounts refuses it.";
    Mig19 "MIG-19" Decision [B "MIG-19"]
        "A plan has a fingerprint over account, date, policies and rulebook version; applying it to an account that has changed since is refused.";
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
