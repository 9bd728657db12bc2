package xlsx

import (
	"math"
	"strconv"
	"strings"
	"time"

	"crmferry/internal/cell"
)

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

// append appends a number as a person reads it. What is no number stays as it is.
func (f numberFormat) append(dst []byte, value string, epoch int) []byte {
	if len(f.sections) > 0 {
		f = f.sectionFor(value)
	}
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
	if f.mask != nil && isDigits(text) {
		return append(dst, f.mask.fill(text)...)
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
