package markup

import (
	"slices"
	"strings"
	"testing"
)

func TestArrays(t *testing.T) {
	tests := []struct {
		cell string
		bare bool
		want string // items, joined by |
		form string
		ok   bool
	}{
		{`["VIP","Buyer"]`, false, "VIP|Buyer", "", true},
		{`["VIP", "Buyer"]`, false, "VIP|Buyer", "", true},
		{`["Acme, Inc.","a \"b\""]`, false, `Acme, Inc.|a "b"`, "", true},
		{`["Caf\u00e9","\ud83d\ude00"]`, false, "Café|😀", "", true},
		{`"[\"VIP\",\"Buyer\"]"`, false, "VIP|Buyer", "", true},
		{`[""VIP"",""Buyer""]`, false, "", "a list that is broken", true},
		{`['VIP', 'Buyer']`, false, "VIP|Buyer", "", true},
		{`['VIP', "O'Brien"]`, false, "VIP|O'Brien", "", true},
		{`['O\'Brien']`, false, "O'Brien", "", true},
		{`[u'VIP', u'Buyer']`, false, "VIP|Buyer", "", true},
		{`('VIP', 'Buyer')`, false, "VIP|Buyer", "", true},
		{`('VIP',)`, false, "VIP", "", true},
		{`{'VIP', 'Buyer'}`, false, "VIP|Buyer", "", true},
		{`['VIP' 'Buyer']`, false, "VIP|Buyer", "", true},
		{`array(['VIP', 'Buyer'], dtype=object)`, false, "VIP|Buyer", "", true},
		{`frozenset({'VIP'})`, false, "VIP", "", true},
		{`set()`, false, "", "", true},
		{`c("VIP", "Acme, Inc")`, false, "VIP|Acme, Inc", "", true},
		{`list("VIP")`, false, "VIP", "", true},
		{`character(0)`, false, "", "", true},
		{`c(VIP)`, false, "", "", false},
		{`list (old)`, false, "", "", false},
		{`array()`, false, "", "", true},
		{`array('VIP', 'Buyer')`, false, "VIP|Buyer", "", true},
		{`a:2:{i:0;s:3:"VIP";i:1;s:9:"Big;buyer";}`, false, "VIP|Big;buyer", "", true},
		{`a:1:{s:10:"subscriber";b:1;}`, false, "subscriber", "", true},
		{`a:0:{}`, false, "", "", true},
		{`a:1:{i:0;a:1:{i:0;s:1:"x";}}`, false, "", "a list of objects", true},
		{`a:1:{i:0;s:9:"cut";}`, false, "", "a list of objects", true},
		{`{VIP,"Big Buyer"}`, false, "VIP|Big Buyer", "", true},
		{`{VIP,Buyer}`, false, "VIP|Buyer", "", true},
		{`{VIP,NULL}`, false, "VIP", "", true},
		{`["VIP",null]`, false, "VIP", "", true},
		{`[]`, false, "", "", true},
		{`{}`, false, "", "", true},
		{`[ ]`, false, "", "", true},
		{`[""]`, false, "", "", true},
		{`[VIP]`, false, "", "", false},
		{`[VIP]`, true, "VIP", "", true},
		{`{VIP}`, true, "VIP", "", true},
		{`[VIP, Buyer]`, false, "VIP|Buyer", "", true},
		{`[1, 2]`, false, "1|2", "", true},
		{`["VIP","Buyer"`, false, "", "does not end", true},
		{`["VIP","Bu`, false, "", "does not end", true},
		{`"VIP","Buyer"]`, false, "", "does not end", true},
		{`["VIP" "Buyer"`, false, "", "does not end", true},
		{`{"name": "VIP"}`, false, "", "an object of JSON", true},
		{`[{"name": "VIP"}]`, false, "", "a list of objects", true},
		{`[["VIP"],["Buyer"]]`, false, "", "a list within a list", true},
		{`(VIP)`, true, "", "", false},
		{`(VIP) Buyer`, false, "", "", false},
		{`"VIP","Buyer"`, false, "", "", false},
		{`'t Hooft, Jansen`, false, "", "", false},
		{`VIP`, true, "", "", false},
		{`a`, true, "", "", false},
	}
	for _, tt := range tests {
		items, ok, form := ReadArray(tt.cell, tt.bare)
		if got := strings.Join(items, "|"); got != tt.want || ok != tt.ok || !strings.Contains(form, tt.form) || form != "" && tt.form == "" {
			t.Errorf("%s: got %q %v %q, want %q %v %q", tt.cell, got, ok, form, tt.want, tt.ok, tt.form)
		}
	}
}

func FuzzArray(f *testing.F) {
	for _, v := range []string{`["VIP","Buyer"]`, `['VIP', 'Buyer']`, `{VIP,"Big Buyer"}`, `"[\"VIP\"]"`, `('a',)`, `array(['a'], dtype=object)`, `["\ud83d\ude00"]`, "set()", `[u'a']`, `array('a')`, `a:1:{i:0;s:1:"a";}`} {
		f.Add(v)
	}
	f.Fuzz(func(t *testing.T, v string) {
		if v == "" {
			return
		}
		var a Arrays
		a.Add(v)
		items, ok, form := ReadArray(v, a.Are())
		if !ok && items != nil || form != "" && items != nil {
			t.Errorf("%q gave %q, %v and %q", v, items, ok, form)
		}
		if slices.Contains(items, "") {
			t.Errorf("%q gave an empty item: %q", v, items)
		}
	})
}
