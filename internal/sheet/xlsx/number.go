package xlsx

import (
	"math"
	"strconv"
	"strings"
	"time"

	"crmferry/internal/cell"
)

// numberFormat is what a cell's number format says about how its number is meant.
type numberFormat struct {
	date    bool   // it shows day, month or year
	time    bool   // it shows hours, minutes or seconds
	elapsed bool   // the hours go on beyond 24
	percent bool   // it shows hundredths
	mask    string // digits with leading zeros, such as 00000 or +00 000000; else ""
}

// builtInFormat is a format that workbooks name without its code (ECMA-376 part 1, 18.8.30). Those from 27 to 36 and 50
// to 58 are dates and times of East Asian versions of Excel.
func builtInFormat(id int) numberFormat {
	switch {
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return numberFormat{date: true}
	case id == 22:
		return numberFormat{date: true, time: true}
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id == 45, id == 47, id == 55, id == 56:
		return numberFormat{time: true}
	case id == 46:
		return numberFormat{time: true, elapsed: true}
	case id == 9, id == 10:
		return numberFormat{percent: true}
	}
	return numberFormat{}
}

// parseFormat reads the code of a custom format: its first section, which is the one for positive numbers.
func parseFormat(code string) numberFormat {
	if strings.EqualFold(code, "General") {
		return numberFormat{}
	}
	f, bare := formatTokens(code)
	var month bool
	lower := strings.ReplaceAll(strings.ToLower(bare), "general", "0")
	if !strings.ContainsAny(lower, "#0?@") || strings.Contains(lower, "s.0") || strings.ContainsAny(lower, "yd") {
		for _, c := range lower {
			switch c {
			case 'y', 'd':
				f.date = true
			case 'h', 's':
				f.time = true
			case 'm':
				month = true
			}
		}
		// m is minutes beside hours or seconds, else the month.
		f.date = f.date || month && !f.time
	}
	if !f.date && !f.time {
		f.mask, f.percent = digitMask(bare), strings.Contains(bare, "%")
	}
	return f
}

// formatTokens takes out of the first section of a code what does not format: widths and fills go, quoted and escaped
// characters stay only if they may stand in a phone number or zip, and become \uFFFD otherwise.
func formatTokens(code string) (f numberFormat, bare string) {
	var b strings.Builder
	literal := func(s string) {
		for _, c := range s {
			if !strings.ContainsRune(phoneLiterals, c) {
				c = '\uFFFD'
			}
			b.WriteRune(c)
		}
	}
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case ';':
			return f, b.String()
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return f, b.String()
			}
			literal(code[i+1 : i+1+end])
			i += end + 1
		case '\\':
			if i++; i < len(code) {
				literal(code[i : i+1])
			}
		case '_', '*':
			i++
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return f, b.String()
			}
			if in := strings.ToLower(code[i+1 : i+end]); in != "" && strings.Trim(in, in[:1]) == "" && strings.Contains("hms", in[:1]) {
				f.time, f.elapsed = true, true
			}
			i += end
		default:
			b.WriteByte(c)
		}
	}
	return f, b.String()
}

// phoneLiterals are what stands between the digits of phones, zips and ids.
const phoneLiterals = "+-() /."

// digitMask is the code of a format that shows all digits of a whole number and leading zeros or a plus, "" for others.
// A point that was not escaped is the decimal point, and such formats are others.
func digitMask(bare string) string {
	bare = strings.TrimSpace(bare)
	forced := 0
	for _, c := range bare {
		switch {
		case c == '0', c == '#' && forced > 0:
			forced++
		case c == '#':
		case c == '.' || !strings.ContainsRune(phoneLiterals, c):
			return ""
		}
	}
	if forced >= 2 || forced == 1 && bare[0] == '+' || bare != "" && strings.Trim(bare, "+#") == "" && bare[0] == '+' {
		return bare
	}
	return ""
}

// append appends a number as a person reads it. What is no number stays as it is.
func (f numberFormat) append(dst []byte, value string, epoch int) []byte {
	if f.date || f.time {
		if serial, err := strconv.ParseFloat(value, 64); err == nil {
			if text := f.moment(serial, epoch); text != "" {
				return append(dst, text...)
			}
		}
	}
	if x, err := strconv.ParseFloat(value, 64); err == nil && f.percent {
		return append(dst, plainNumber(strconv.FormatFloat(x*100, 'g', 15, 64))+"%"...)
	}
	text := plainNumber(value)
	if f.mask != "" && isDigits(text) {
		return append(dst, masked(f.mask, text)...)
	}
	return append(dst, text...)
}

// isoMoment is a date that was written as text (ISO 8601), as moment writes one; what is none stays as it is.
func (f numberFormat) isoMoment(value string) string {
	t, err := time.Parse("2006-01-02T15:04:05", strings.TrimSuffix(value, "Z")) // a fraction of a second is read too
	switch {
	case err != nil:
		return value
	case f.time && !f.date:
		return t.Format(time.TimeOnly)
	case t.Equal(t.Truncate(24 * time.Hour)):
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02T15:04:05")
}

// moment is a serial number as ISO date, time or both, as far as the format shows them; "" if it is none. A date has
// its time only if that is not midnight.
func (f numberFormat) moment(serial float64, epoch int) string {
	if !(serial >= 0 && serial <= cell.LastSerial+1) {
		return ""
	}
	seconds := int64(math.Round(serial * 86400))
	day, second := seconds/86400, seconds%86400
	if day > cell.LastSerial {
		return ""
	}
	clock := time.Unix(second, 0).UTC().Format(time.TimeOnly)
	switch {
	case f.elapsed:
		return strconv.FormatInt(seconds/3600, 10) + clock[2:]
	case !f.date, f.time && day == 0 && second > 0:
		return clock
	case epoch == cell.Epoch1900 && day < cell.FirstSerial:
		if day < 1 || day == cell.FirstSerial-1 {
			return ""
		}
		day++ // the day that never was has not yet shifted the numbers
	}
	date := time.Unix((day+int64(epoch))*86400, 0).UTC().Format(time.DateOnly)
	if f.time && second > 0 {
		return date + "T" + clock
	}
	return date
}

// maxDigits bounds the zeros that an exponent may add.
const maxDigits = 40

// plainNumber writes a number without exponent: whole ones digit for digit, however long, others as short as the 15
// digits that Excel shows. What is no number stays as it is.
func plainNumber(value string) string {
	if isDigits(strings.TrimPrefix(value, "-")) && value != "-0" {
		return value
	}
	x, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsInf(x, 0) || math.IsNaN(x) || strings.ContainsAny(value, "xX_pP") {
		return value
	}
	if x == 0 {
		return "0"
	}
	if whole, ok := wholeNumber(value); ok {
		return whole
	}
	if math.Abs(x) >= 1e21 || math.Abs(x) < 1e-9 {
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	if short, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 15, 64), 64); err == nil {
		x = short
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// wholeNumber shifts the point of a number by its exponent, without computing: a phone of twenty digits keeps them all.
func wholeNumber(value string) (string, bool) {
	mantissa, exponent := value, 0
	if i := strings.IndexAny(value, "eE"); i >= 0 {
		n, err := strconv.Atoi(value[i+1:])
		if err != nil || n > maxDigits || n < -maxDigits {
			return "", false
		}
		mantissa, exponent = value[:i], n
	}
	sign := ""
	if mantissa[0] == '-' || mantissa[0] == '+' {
		sign, mantissa = strings.TrimPrefix(mantissa[:1], "+"), mantissa[1:]
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	fraction = strings.TrimRight(fraction, "0")
	if len(fraction) > exponent || exponent < 0 {
		return "", false
	}
	digits := strings.TrimLeft(whole+fraction+strings.Repeat("0", exponent-len(fraction)), "0")
	return sign + digits, digits != ""
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// masked writes digits into a mask from the right. Digits that find no place stand in front of the first one.
func masked(mask, digits string) string {
	places, forced := 0, 0
	for _, c := range mask {
		if c == '0' || c == '#' {
			places++
			if c == '0' && forced == 0 {
				forced = places
			}
		}
	}
	if forced > 0 {
		forced = places - forced + 1
	}
	if len(digits) < forced {
		digits = strings.Repeat("0", forced-len(digits)) + digits
	}
	var b strings.Builder
	for _, c := range mask {
		if c != '0' && c != '#' {
			b.WriteRune(c)
			continue
		}
		if n := len(digits) - places + 1; n > 0 {
			b.WriteString(digits[:n])
			digits = digits[n:]
		}
		places--
	}
	return b.String()
}
