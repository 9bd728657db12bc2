package sheet

import (
	"errors"
	"slices"
	"testing"

	"crmferry/internal/sheet/rows"
	"crmferry/internal/sheet/xlsx/xlsxtest"
)

func TestNames(t *testing.T) {
	for _, tt := range []struct {
		name, content string
		want          []string
		err           error
	}{
		{"x.xlsx", string(xlsxtest.GoogleBook().Bytes(t)), []string{"Leads"}, nil},
		{"x.csv", "a,b\n1,2\n", []string{""}, nil},
		{"x.csv", "", nil, rows.ErrEmpty},
		{"y.xlsx", "PK\x03\x04", nil, rows.ErrCutOff},
	} {
		got, err := Names(file(t, tt.name, tt.content))
		if !slices.Equal(got, tt.want) || !errors.Is(err, tt.err) {
			t.Errorf("%s: %q, %v", tt.name, got, err)
		}
	}
	if _, err := Names("none.xlsx"); !errors.Is(err, rows.ErrNoFile) {
		t.Errorf("no file: %v", err)
	}
}
