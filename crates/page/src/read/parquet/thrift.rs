//! Thrift's compact protocol, as far as a Parquet footer and page heads need it. Nothing is trusted: every length is checked
//! against the bytes that are there, and nesting is bounded.

/// Why something could not be read, for the user.
pub(super) type Result<T> = std::result::Result<T, String>;

/// Bytes with a place in them.
pub(super) struct Thrift<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// What a field's head says of its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind(u8);

const TRUE: u8 = 1;
const FALSE: u8 = 2;
const BYTE: u8 = 3;
const DOUBLE: u8 = 7;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const SET: u8 = 10;
const MAP: u8 = 11;
const STRUCT: u8 = 12;
const UUID: u8 = 13;

/// The words in which bytes that end too early are reported; a page's head may be read again with more of them.
pub(super) const TORN: &str = "its table of contents breaks off";

impl<'a> Thrift<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Thrift<'a> {
        Thrift { bytes, at: 0 }
    }

    /// How many bytes were read.
    pub(super) fn used(&self) -> usize {
        self.at
    }

    fn byte(&mut self) -> Result<u8> {
        let byte = *self.bytes.get(self.at).ok_or(TORN)?;
        self.at += 1;
        Ok(byte)
    }

    fn varint(&mut self) -> Result<u64> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err("a number in its table of contents is too long".into())
    }

    /// A whole number of any width.
    pub(super) fn int(&mut self) -> Result<i64> {
        let n = self.varint()?;
        Ok((n >> 1) as i64 ^ -((n & 1) as i64))
    }

    /// A string or bytes.
    pub(super) fn binary(&mut self) -> Result<&'a [u8]> {
        let length = usize::try_from(self.varint()?).map_err(|_| TORN)?;
        let end = self.at.checked_add(length).filter(|e| *e <= self.bytes.len()).ok_or(TORN)?;
        let bytes = &self.bytes[self.at..end];
        self.at = end;
        Ok(bytes)
    }

    /// Calls `each` for every field of the struct at hand; it says whether it read the value. Others are passed over.
    pub(super) fn fields(&mut self, mut each: impl FnMut(&mut Self, i16, Kind) -> Result<bool>) -> Result<()> {
        self.fields_within(16, &mut each)
    }

    fn fields_within(&mut self, depth: u8, each: &mut dyn FnMut(&mut Self, i16, Kind) -> Result<bool>) -> Result<()> {
        let mut id = 0i16;
        loop {
            let head = self.byte()?;
            if head & 0x0f == 0 {
                return Ok(());
            }
            id = match head >> 4 {
                0 => self.int()? as i16,
                step => id.wrapping_add(i16::from(step)),
            };
            let kind = Kind(head & 0x0f);
            if !each(self, id, kind)? {
                self.skip(kind, depth)?;
            }
        }
    }

    /// Calls `each` for every item of the list at hand.
    pub(super) fn list(&mut self, mut each: impl FnMut(&mut Self, u64) -> Result<()>) -> Result<()> {
        let (count, _) = self.list_head()?;
        (0..count).try_for_each(|n| each(self, n))
    }

    fn list_head(&mut self) -> Result<(u64, Kind)> {
        let head = self.byte()?;
        let count = match head >> 4 {
            15 => self.varint()?,
            short => u64::from(short),
        };
        // Every item has a byte at least.
        if count > (self.bytes.len() - self.at) as u64 {
            return Err(TORN.into());
        }
        Ok((count, Kind(head & 0x0f)))
    }

    fn skip(&mut self, kind: Kind, depth: u8) -> Result<()> {
        let deeper = depth.checked_sub(1).ok_or("its table of contents is nested too deep")?;
        let past = |this: &mut Self, n: usize| {
            this.at = this.at.checked_add(n).filter(|e| *e <= this.bytes.len()).ok_or(TORN)?;
            Ok(())
        };
        match kind.0 {
            TRUE | FALSE => Ok(()),
            BYTE => past(self, 1),
            4..=6 => self.varint().map(|_| ()),
            DOUBLE => past(self, 8),
            UUID => past(self, 16),
            BINARY => self.binary().map(|_| ()),
            LIST | SET => {
                let (count, item) = self.list_head()?;
                // In lists a truth value has a byte of its own.
                let item = if item.0 <= FALSE { Kind(BYTE) } else { item };
                (0..count).try_for_each(|_| self.skip(item, deeper))
            }
            MAP => {
                let count = self.varint()?;
                if count == 0 {
                    return Ok(());
                }
                if count > (self.bytes.len() - self.at) as u64 {
                    return Err(TORN.into());
                }
                let kinds = self.byte()?;
                for _ in 0..count {
                    self.skip(Kind(kinds >> 4), deeper)?;
                    self.skip(Kind(kinds & 0x0f), deeper)?;
                }
                Ok(())
            }
            STRUCT => self.fields_within(deeper, &mut |_, _, _| Ok(false)),
            other => Err(format!("its table of contents holds a value of unknown kind {other}")),
        }
    }
}

impl Kind {
    /// The truth value that the head itself holds.
    pub(super) fn truth(self) -> bool {
        self.0 == TRUE
    }

    pub(super) fn is_int(self) -> bool {
        (4..=6).contains(&self.0)
    }

    pub(super) fn is_binary(self) -> bool {
        self.0 == BINARY
    }

    pub(super) fn is_list(self) -> bool {
        self.0 == LIST
    }

    pub(super) fn is_struct(self) -> bool {
        self.0 == STRUCT
    }
}
