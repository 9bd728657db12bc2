package advice

import (
	"fmt"
	"strings"

	"crmferry/mapping/hint"
)

// InLine is a sentence of advice as a part of a line: "fill the cell".
func InLine(sentence string) string {
	if sentence == "" {
		return ""
	}
	return strings.ToLower(sentence[:1]) + strings.TrimSuffix(sentence[1:], ".")
}

// Hint puts a hint of the core into words.
func Hint(code hint.Code, facts ...string) string {
	if flag := flagOf(code); flag != "" {
		return flag
	}
	if tail := tail(code, facts); tail != "" {
		return tail
	}
	if about := aboutColumns(code, facts); about != "" {
		return about
	}
	return aboutValues(code, facts)
}

// flagOf is the flag of a setting.
func flagOf(code hint.Code) string {
	switch code {
	case hint.Map, hint.Set, hint.Default, hint.Values, hint.Where, hint.Columns, hint.KeepOrigin:
		return "--" + string(code)
	}
	return ""
}

// tail is what follows a text.
func tail(code hint.Code, facts []string) string {
	switch code {
	case hint.Region:
		return "; see --region"
	case hint.DateOrder:
		return "; say with --date-order dmy, mdy or ymd how to read it"
	case hint.Encoding:
		return ": --encoding names it"
	case hint.MatchByID:
		return " with --match id and in an export of this CRM"
	case hint.OnlyBySet:
		return fmt.Sprintf("; no unless --set %s=yes", facts[0])
	case hint.Confirm:
		return "; confirm it with " + MapFlag(facts[0], facts[1])
	case hint.OrIgnore:
		return fmt.Sprintf("; if it is not, leave it out with %s, or import without all such columns with --accept %s", MapFlag(facts[0], ""), facts[1])
	case hint.AllowUndocumented:
		return "; --allow-undocumented asks for it"
	case hint.ForAllRows:
		return fmt.Sprintf(`, or --default "%s=VALUE" for all rows`, facts[0])
	}
	return ""
}

// aboutColumns says what to do about columns and their fields.
func aboutColumns(code hint.Code, facts []string) string {
	switch code {
	case hint.MapForm:
		return `write it as --map "HEADER=field"`
	case hint.WhereForm:
		return `write it as --where "HEADER=VALUE", or --where "HEADER!=VALUE" for all others`
	case hint.MapDrift:
		return "change the first column of the map file where a header was renamed, and add or remove lines; or let check --map-file OLD --write-map NEW write what is known of the sheet as it is now"
	case hint.ByLetter:
		if facts[1] == flagOf(hint.Where) {
			return fmt.Sprintf(`name one by its letter, as in --where "%s=VALUE"`, facts[0])
		}
		return fmt.Sprintf(`name one by its letter, as in --map "%s=FIELD"`, facts[0])
	case hint.OtherResource:
		return fmt.Sprintf("import it there: crmferry import %s FILE", facts[0])
	case hint.AddMatchID:
		return "to match rows by the CRM's ids, add --match id"
	case hint.NoOrigin:
		return "leave it out; a column of such ids is called Record ID, or as the program calls it, and tells most rows apart"
	case hint.NameOrigin:
		return "name it: --keep-source-id=hubspot"
	case hint.SplitLong:
		return "Shorten the text, or have it split into numbered notes with --split-long."
	case hint.Fields:
		return fmt.Sprintf("crmferry fields %s lists the fields", facts[0])
	case hint.ChooseColumn, hint.ChooseColumns:
		return choose(facts[0], facts[1:], code == hint.ChooseColumns)
	case hint.NameID:
		return `name it with --map "HEADER=id"`
	case hint.OnlyUpdate:
		return "to change only what is there already, which needs none of it: --mode update"
	case hint.NameIDHeader:
		return fmt.Sprintf(`its header has to be %q or %q; or name it with --map "HEADER=%s"`, facts[0], facts[1], facts[0])
	case hint.VouchForIDs:
		return fmt.Sprintf("if %s does hold the ids of %s, say --match id", facts[0], facts[1])
	case hint.ConfirmAll:
		return "if it is right, confirm what is proposed with " + strings.Join(mapFlags(facts), " ")
	case hint.ConfirmOwn:
		return "the columns may be of different people: confirm only what is the contact's own, with " + strings.Join(mapFlags(facts), " or ")
	case hint.NameColumn:
		named := fmt.Sprintf(`or name a column yourself with --map "HEADER=%s"`, facts[0])
		if len(facts) > 1 {
			named += fmt.Sprintf(`, or with --map "HEADER=%s"`, facts[1])
		}
		if len(facts) > 2 {
			named += " --allow-undocumented"
		}
		return named
	case hint.SayOnlySet:
		return fmt.Sprintf("nothing of it is written: only %s or --set %s=... does that", MapFlag(facts[1], facts[0]), facts[0])
	}
	return ""
}

// choose says how one of several columns becomes a field, or all of them where the first that is filled is read.
func choose(field string, columns []string, all bool) string {
	maps := make([]string, len(columns))
	for i, column := range columns {
		maps[i] = MapFlag(column, field)
	}
	words := "choose one of them with " + maps[0]
	if all {
		words += "; or take of each row the first that is filled, with " + strings.Join(maps, " ")
	}
	return words
}

// mapFlags are the flags that give columns their fields.
func mapFlags(pairs []string) (maps []string) {
	for i := 0; i+1 < len(pairs); i += 2 {
		maps = append(maps, MapFlag(pairs[i], pairs[i+1]))
	}
	return maps
}

// aboutValues says what to do about the values of columns and settings.
func aboutValues(code hint.Code, facts []string) string {
	switch code {
	case hint.SetForm:
		return fmt.Sprintf("write it as %s field=value", flagOf(hint.Code(facts[0])))
	case hint.NoValue:
		return "an empty value leaves the CRM's value alone: leave the flag out"
	case hint.NoFrom:
		return "an empty cell leaves the CRM's value alone; --default gives the rows without a value one"
	case hint.DateOrders:
		return "say how to read its dates: " + dateOrders(facts)
	case hint.DecimalSigns:
		return "say which sign starts the decimals of its numbers: --decimal comma or --decimal point"
	case hint.CorrectSetting:
		return InLine(onSetting(facts[0]))
	}
	return ""
}

func dateOrders(orders []string) string {
	first := map[string]string{"dmy": "day", "mdy": "month", "ymd": "year"}
	flags := make([]string, len(orders))
	for i, order := range orders {
		flags[i] = fmt.Sprintf("--date-order %s (the %s first)", order, first[order])
	}
	return strings.Join(flags, " or ")
}
