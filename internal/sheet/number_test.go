package sheet

import "testing"

func TestPlainNumber(t *testing.T) {
	tests := []struct{ value, want string }{
		{"31612345678", "31612345678"},
		{"3.1612345678E10", "31612345678"},
		{"3.1612345678E+10", "31612345678"},
		{"31612345678.0", "31612345678"},
		{"12345678901234567890123", "12345678901234567890123"},
		{"1.2345678901234567E+19", "12345678901234567000"},
		{"-42", "-42"},
		{"-4.2E1", "-42"},
		{"+5.0", "5"},
		{"150E-1", "15"},
		{"0", "0"},
		{"-0", "0"},
		{"0.0", "0"},
		{"0E5", "0"},
		{"1.5", "1.5"},
		{"1.125", "1.125"}, {"-0.125", "-0.125"}, {"1234.5678", "1234.5678"},
		{"1.1000000000000001", "1.1"},
		{"0.30000000000000004", "0.3"},
		{"19.989999999999998", "19.99"},
		{"1.5E-3", "0.0015"},
		{"52.370216", "52.370216"},
		{"1E+300", "1e+300"},
		{"1E-300", "1e-300"},
		{"", ""},
		{"1,5", "1,5"},
		{"abc", "abc"},
		{"NaN", "NaN"},
		{"Inf", "Inf"},
		{"0x1F", "0x1F"},
		{"1_000", "1_000"},
		{"E5", "E5"},
		{"1E99999999999", "1E99999999999"},
	}
	for _, tt := range tests {
		if got := plainNumber(tt.value); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.value, got, tt.want)
		}
	}
}

func TestCustomFormats(t *testing.T) {
	tests := []struct{ code, value, want string }{
		{"General", "45292.5", "45292.5"},
		{"dd-mm-yyyy", "45292", "2024-01-01"},
		{"dd-mm-yyyy", "45292.75", "2024-01-01"},
		{"yyyy-mm-dd hh:mm", "45292.75", "2024-01-01T18:00:00"},
		{"yyyy-mm-dd hh:mm", "45292", "2024-01-01"},
		{"yyyy-mm-dd hh:mm:ss.000", "45292.5000116", "2024-01-01T12:00:01"},
		{"yyyy-mm-dd hh:mm", "45291.9999999", "2024-01-01"},
		{`[$-413]d\ mmmm\ yyyy;@`, "45292", "2024-01-01"},
		{`[$-F800]dddd\,\ mmmm\ dd\,\ yyyy`, "45292", "2024-01-01"},
		{"mmm", "45292", "2024-01-01"},
		{"MMM YY", "45292", "2024-01-01"},
		{"h:mm AM/PM", "0.5", "12:00:00"},
		{"h:mm", "45292.5", "12:00:00"},
		{"mm:ss.0", "0.001", "00:01:26"},
		{"[h]:mm", "1.5", "36:00:00"},
		{"yyyy-mm-dd hh:mm", "0.5", "12:00:00"},
		{"yyyy-mm-dd", "0", "0"},
		{"yyyy-mm-dd", "1", "1900-01-01"},
		{"yyyy-mm-dd", "59", "1900-02-28"},
		{"yyyy-mm-dd", "60", "60"},
		{"yyyy-mm-dd", "61", "1900-03-01"},
		{"yyyy-mm-dd", "-1", "-1"},
		{"yyyy-mm-dd", "2958465", "9999-12-31"},
		{"yyyy-mm-dd", "2958465.9999999", "2958465.9999999"},
		{"yyyy-mm-dd", "1E+20", "100000000000000000000"},
		{"yyyy-mm-dd", "soon", "soon"},
		{"00000", "2134", "02134"},
		{"00000", "123456", "123456"},
		{"00000", "-5", "-5"},
		{"00000", "1.5", "1.5"},
		{"00000-0000", "21340001", "02134-0001"},
		{"000-00-0000", "12345678", "012-34-5678"},
		{"00 00 00 00 00", "612345678", "06 12 34 56 78"},
		{`0##\-#######`, "201234567", "020-1234567"},
		{"+0", "31612345678", "+31612345678"},
		{`"+"#`, "31612345678", "+31612345678"},
		{`\+00 000000000`, "31612345678", "+31 612345678"},
		{"[<=9999999]###-####;(###) ###-####", "5125550100", "5125550100"},
		{"#,##0.00", "1234.5", "1234.5"},
		{"# ##0", "1234567", "1234567"},
		{`0" kr"`, "100", "100"},
		{`00" kr"`, "1", "1"},
		{"0.00", "2", "2"},
		{"00.00", "2", "2"},
		{"0%", "0.15", "15%"},
		{"0.00E+00", "31612345678", "31612345678"},
		{"[Red]0", "5", "5"},
		{`#,##0_);[Red]\(#,##0\)`, "5", "5"},
		{`General" dd"`, "5", "5"},
		{`[h`, "5", "5"},
		{`"open`, "5", "5"},
		{`\`, "5", "5"},
		{"", "5", "5"},
		{"@", "0612", "0612"},
	}
	for _, tt := range tests {
		if got := string(parseFormat(tt.code).append(nil, tt.value, epoch1900)); got != tt.want {
			t.Errorf("%s of %s: got %q, want %q", tt.code, tt.value, got, tt.want)
		}
	}
}

func TestBuiltInFormats(t *testing.T) {
	tests := []struct {
		id    int
		value string
		epoch int
		want  string
	}{
		{0, "45292", epoch1900, "45292"},
		{1, "45292", epoch1900, "45292"},
		{14, "45292", epoch1900, "2024-01-01"},
		{14, "43830", epoch1904, "2024-01-01"},
		{14, "0", epoch1904, "1904-01-01"},
		{17, "45292", epoch1900, "2024-01-01"},
		{20, "0.25", epoch1900, "06:00:00"},
		{22, "45292.25", epoch1900, "2024-01-01T06:00:00"},
		{31, "45292", epoch1900, "2024-01-01"},
		{46, "1.25", epoch1900, "30:00:00"},
		{49, "45292", epoch1900, "45292"},
	}
	for _, tt := range tests {
		if got := string(builtInFormat(tt.id).append(nil, tt.value, tt.epoch)); got != tt.want {
			t.Errorf("format %d of %s: got %q, want %q", tt.id, tt.value, got, tt.want)
		}
	}
}

// columnIndex is the index, from 0, of the column with just that name.
func columnIndex(letter string) (int, bool) {
	n, length := columnOf([]byte(letter))
	return n - 1, n > 0 && length == len(letter)
}

func TestColumns(t *testing.T) {
	for i, letter := range map[int]string{0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA", 16383: "XFD"} {
		if got := ColumnLetter(i); got != letter {
			t.Errorf("column %d is %q, want %q", i, got, letter)
		}
		if got, ok := columnIndex(letter); got != i || !ok {
			t.Errorf("column %s is %d, %v", letter, got, ok)
		}
	}
	for _, letter := range []string{"", "A1", "1", "XFE", "AAAA", "É", "A "} {
		if got, ok := columnIndex(letter); ok {
			t.Errorf("column %q is %d", letter, got)
		}
	}
	if i, ok := columnIndex("ab"); i != 27 || !ok || ColumnLetter(-1) != "" {
		t.Errorf("ab is %d", i)
	}
}
