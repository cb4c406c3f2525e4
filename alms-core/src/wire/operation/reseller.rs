use super::written;
use crate::reseller::renewal_notifications;
use crate::rule::{RuleId, RuleSet};
use crate::wire::doc::notifications::{NotificationsDoc, NotificationsRequestDoc};
use crate::wire::error::{Error, Located};
use crate::wire::parse;

pub(super) fn notifications(input: &str, fired: &mut RuleSet) -> Result<String, Error> {
    let request: NotificationsRequestDoc<'_> = parse::document(input)?;
    let (resellers, customers) = (request.resellers()?, request.customers()?);
    let (on, days, late) = (request.on.read().at("on")?, request.within_days()?, request.late()?);
    *fired = RuleSet::of(&[RuleId::Res3, RuleId::Sub5]);
    let in_customer = |(index, error)| Error::from(error).at_index(index).at("customers");
    let notifications = renewal_notifications(&resellers, &customers, on, days, late).map_err(in_customer)?;
    written(&NotificationsDoc::of(&notifications))
}
