//! Counts from and to the integers that hosts and their databases have.

/// Declares how a count comes from an integer, and gives one back.
macro_rules! integer_form {
    ($($type:ty: $error:ty;)+) => {$(
        impl TryFrom<i64> for $type {
            type Error = $error;

            fn try_from(count: i64) -> Result<Self, $error> {
                Self::try_new(count)
            }
        }

        impl From<$type> for i64 {
            fn from(count: $type) -> Self {
                count.get().into()
            }
        }
    )+};
}

integer_form! {
    crate::calendar::Months: super::CountOutOfRange;
    crate::subscriptions::DayOfMonth: crate::subscriptions::DayOfMonthError;
    crate::tokens::Packs: super::CountError;
    crate::tokens::Peak: super::CountOutOfRange;
    crate::tokens::PositiveTokens: super::CountError;
    crate::tokens::Tokens: super::CountOutOfRange;
}
