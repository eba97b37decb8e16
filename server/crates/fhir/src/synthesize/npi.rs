//! National Provider Identifiers.

/// The identifier with this serial number, which must be below 500 million. It starts with 2, as no real one does so
/// far. Its check digit is Luhn's over the number with the issuer's prefix 80840 (45 CFR 162.406).
pub fn npi(serial: u32) -> String {
    let digits = format!("2{serial:08}");
    // The prefix contributes 24.
    let sum: u32 = 24 + digits.bytes().rev().enumerate().map(|(place, digit)| luhn(place, digit)).sum::<u32>();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

/// Every second digit from the right counts double, starting with the last one before the check digit.
fn luhn(place: usize, digit: u8) -> u32 {
    let value = u32::from(digit - b'0') * if place.is_multiple_of(2) { 2 } else { 1 };
    value / 10 + value % 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_is_the_published_one() {
        // The example in the standard is 1234567893; the same arithmetic holds with our leading 2.
        let doubled = |npi: &str| -> u32 {
            24 + npi.bytes().rev().skip(1).enumerate().map(|(place, digit)| luhn(place, digit)).sum::<u32>()
        };
        assert_eq!(doubled("1234567893") % 10, 7);
        for serial in [0, 1, 99_999_999, 12_345_678] {
            let npi = npi(serial);
            let check = u32::from(npi.as_bytes()[9] - b'0');
            assert_eq!((npi.len(), (doubled(&npi) + check) % 10), (10, 0), "{npi}");
        }
    }
}
