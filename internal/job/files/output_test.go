package files

import (
	"slices"
	"strings"
	"testing"

	"crmferry/internal/sheet"
	"crmferry/internal/state"
	"crmferry/mapping"
)

// TestKindOfHeader: what a header alone tells.
func TestKindOfHeader(t *testing.T) {
	columns := []mapping.ExportColumn{{Name: "id", Label: "ID"}, {Name: "first_name", Label: "First name"}, {Name: "email", Label: "Email"}}
	for header, want := range map[string]state.OutputKind{
		"":                         "",
		"id,first_name,email":      state.ExportOutput,
		"First name,Email":         state.ExportOutput,
		"email":                    state.ExportOutput,
		"id,first_name,email,note": state.ExportOutput, // people added a column
		"first_name,email,note":    "",
		"Name,E-mail":              "",
		"row,outcome,key,id,changed,field,error,message,action,http_status":    state.ReportOutput,
		"row,key,name,field,now,will be,plan":                                  state.ReportOutput,
		"row,key,name,field,now":                                               "",
		"Name,crmferry_row,crmferry_error,crmferry_message":                    state.RejectsOutput,
		"Name,crmferry_row":                                                    "",
		"row,column,header,cell,outcome,code,read_as,what_is_wrong,what_to_do": state.CheckOutput,
		"column,field,how,example":                                             state.MapOutput,
		"column,field":                                                         "", // a map file of people's own
	} {
		names := slices.DeleteFunc(strings.Split(header, ","), func(n string) bool { return n == "" })
		if got := kindOfHeader(names, columns); got != want {
			t.Errorf("%q: got %q, want %q", header, got, want)
		}
		if got := kindOfHeader(names, nil); got == state.ExportOutput {
			t.Errorf("%q is taken for an export of no columns", header)
		}
	}
}

// TestKindOfBook: what a workbook says of itself. The copy of what was deleted is no export, which the next one replaces.
func TestKindOfBook(t *testing.T) {
	for _, tt := range []struct {
		book sheet.Origin
		want state.OutputKind
	}{
		{sheet.Origin{}, ""},
		{sheet.Origin{Creator: "Ann", Subject: ExportSubject + "growcrm by crmferry"}, ""},
		{sheet.Origin{Creator: "crmferry/1.0", Subject: ExportSubject + "growcrm by crmferry"}, state.ExportOutput},
		{sheet.Origin{Creator: "crmferry/1.0", Subject: CopySubject + "growcrm by crmferry"}, state.CopyOutput},
		{sheet.Origin{Creator: "crmferry", Title: "Check of leads.csv"}, state.CheckOutput},
		{sheet.Origin{Creator: "crmferry", Title: "Import into growcrm"}, state.ReportOutput},
		{sheet.Origin{Creator: "crmferry", Title: "Dry run: Delete from growcrm"}, state.ReportOutput},
	} {
		if got := kindOfBook(tt.book); got != tt.want {
			t.Errorf("%+v: got %q, want %q", tt.book, got, tt.want)
		}
	}
}
