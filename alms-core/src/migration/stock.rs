use crate::account::Account;
use crate::calendar::Date;
use crate::text::Uid;
use crate::tokens::{Ledger, Tokens, UnknownAccount};

/// The balance of a ledger that a migration converts: whose, how much, as of when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBalance {
    /// The account.
    pub account: Uid,
    /// Its stock.
    pub tokens: Tokens,
    /// At the end of this day, the migration date.
    pub as_of: Date,
}

impl TakenBalance {
    /// The balance of `account` in `ledger` as of the day `on`.
    ///
    /// # Errors
    /// [`UnknownAccount`]: the ledger does not hold it.
    pub fn of(account: &Uid, ledger: &Ledger, on: Date) -> Result<Self, UnknownAccount> {
        let position = ledger.account(account)?;
        let tokens = ledger.standing_as_of(&position, on).balance;
        Ok(Self { account: account.clone(), tokens, as_of: on })
    }

    /// The account with this balance as its stock, to be planned and applied.
    ///
    /// ```
    /// use alms_core::migration::{Policy, TakenBalance, plan};
    /// # use alms_core::{account::Kind, tokens::{Holder, Ledger, Tokens}, wire::account_from_json};
    /// # let account = account_from_json(r#"{"uid": "a1", "name": "Acme Buses", "instance": "na", "format": "legacy",
    /// #     "kind": "customer", "tokens": 0, "systems": []}"#)?;
    /// # let holder = Holder { uid: "a1".parse()?, name: "Acme Buses".parse()?, kind: Kind::Customer,
    /// #     administrators: vec![], partners: vec![], opening: Tokens::try_new(13)?, status: None };
    /// let ledger = Ledger::open(vec![holder])?;
    /// let on = "2023-05-15".parse()?;
    /// let balance = TakenBalance::of(&account.data().uid, &ledger, on)?;
    /// let account = balance.stock_of(account);
    /// let plan = plan(&account, on, &Policy::default())?.from_balance(balance);
    /// assert_eq!(plan.tokens.opening.get(), 13);
    /// assert_eq!(plan.balance.as_ref().unwrap().as_of, on);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn stock_of(&self, account: Account) -> Account {
        account.with_tokens(self.tokens)
    }
}
