package cli

import (
	"cmp"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/importer/modes"
	"crmferry/importer/outcome"
	"crmferry/internal/account"
	"crmferry/internal/cli/advice"
	"crmferry/internal/cli/complete"
	"crmferry/internal/cli/flags"
	"crmferry/internal/cli/parse"
	"crmferry/internal/crm"
	"crmferry/internal/job"
	"crmferry/internal/job/files"
	"crmferry/internal/sheet"
	"crmferry/internal/sheet/charset"
	"crmferry/mapping"
	"crmferry/mapping/cells/phones"
	"crmferry/mapping/match"
)

// sheetOptions are the flags by which import and check read a file.
type sheetOptions struct {
	maps      []string
	mapFile   string
	where     []string
	set       []string
	defaults  []string
	sheetName string
	delimiter string
	encoding  string
	region    string
	dateOrder string
	decimal   string
	match     string
	values    string
	clear     string
	replace   []string
	accept    []string
	splitLong bool
	keepID    string
}

func (o *sheetOptions) addTo(a *app, cmd *cobra.Command) {
	flags.Add(cmd, flags.Columns, func(fs *pflag.FlagSet) {
		fs.StringArrayVar(&o.maps, "map", nil, "put a column into a field: `\"Header=field\"`, \"#C=field\" by letter, \"Header=\" to ignore it (repeatable)")
		fs.StringVar(&o.mapFile, "map-file", "", "read such pairs from `FILE`, a CSV with the columns column and field (check --write-map writes one)")
		fs.StringArrayVar(&o.set, "set", nil, "give every row a value: `field=value` (repeatable)")
		fs.StringArrayVar(&o.defaults, "default", nil, "give the rows that have none a value: `field=value`; what the CRM has stays, but for custom fields, which cannot be read (repeatable)")
		fs.StringVar(&o.values, "values", "", "replace cells as `FILE` says: a CSV with the columns field, from and to, or the workbook that check --report wrote")
		fs.StringArrayVar(&o.where, "where", nil, "only the rows whose column says so: `\"Header=value\"`, or \"Header!=value\" for those that do not; the others are skipped, left_out (repeatable)")
		fs.StringVar(&o.match, "match", "", "`KEY` to find contacts by: email (else phone and name), or id: the vendor's own ids in the file (default: id where every header is a field's name, else email)")
	})
	flags.Add(cmd, flags.Cells, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.sheetName, "sheet", "", "read the worksheet `NAME` (default: the first)")
		fs.StringVar(&o.delimiter, "delimiter", "", "`CHARACTER` between the cells of a CSV file, or tab (default: found out)")
		fs.StringVar(&o.encoding, "encoding", "", "`ENCODING` of a CSV file: utf-8, windows-1252, mac-roman, cp850, ... (default: found out)")
		fs.StringVar(&o.clear, "clear-token", "", "a cell of just `TEXT`, such as #CLEAR, empties its field (an empty cell leaves it alone)")
		fs.StringVar(&o.region, "region", "", "`COUNTRY` of phones without a country code, in rows that name none: US, NL, ...")
		fs.StringVar(&o.dateOrder, "date-order", "", "`ORDER` of dates that are not like 2026-03-15: dmy, mdy or ymd (default: found out column by column)")
		fs.StringVar(&o.decimal, "decimal", "", "decimal `MARK` of numbers: comma or point (default: found out column by column)")
		fs.BoolVar(&o.splitLong, "split-long", false, "split a note that is too long into numbered ones, such as \"Call (1/3) [9c41d2]\" with a mark that all of its parts have, where paragraphs, lines or words end")
	})
	flags.Add(cmd, flags.Action, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.keepID, "keep-source-id", "", "new people and organizations of RogerRoger keep the id that they have in the program the file is from (customerId), and its `NAME` (externalSource; default: growcrm for an export of that, ...), where these are empty; RogerRoger does not document what the two mean")
		fs.Lookup("keep-source-id").NoOptDefVal = mapping.OriginOfFile
	})
	values := a.complete()
	complete.Flags(cmd, map[string]cobra.CompletionFunc{"set": values.Assignment, "default": values.Assignment, "match": complete.Words("email", "id"), "region": complete.Region,
		"encoding": complete.Words(charset.Names()...), "date-order": complete.Words("dmy", "mdy", "ymd"), "decimal": complete.Words("comma", "point")})
}

// acceptable lists the codes that --accept takes.
func acceptable() []string {
	return append(outcome.Acceptable(), job.CodeOtherAccount, match.CodeUnconfirmed)
}

// addAccept declares --accept.
func (o *sheetOptions) addAccept(fs *pflag.FlagSet) {
	fs.StringSliceVar(&o.accept, "accept", nil, "take rows with such an error as they stand: `CODE`,... ("+strings.Join(outcome.Acceptable(), ", ")+"); "+
		job.CodeOtherAccount+": ids that a workbook says are another account's; "+match.CodeUnconfirmed+": without the name or e-mail that a column may hold which is only proposed")
}

// checkAccept refuses --accept of what cannot be taken as it stands.
func (o *sheetOptions) checkAccept() error {
	for _, code := range o.accept {
		if err := parse.OneOf("--accept", code, acceptable()...); err != nil {
			return err
		}
	}
	return nil
}

// addReplace declares --replace.
func (o *sheetOptions) addReplace(fs *pflag.FlagSet) {
	fs.StringSliceVar(&o.replace, "replace", nil, "lists that the row's values replace instead of being added to: `FIELD`,...")
}

// checkFor refuses what the fields of a resource cannot do.
func (o *sheetOptions) checkFor(a *app, r account.Resource) error {
	return cmp.Or(parse.Replace(r, o.replace), parse.SplitLong(r, o.splitLong, a.registry.Resources()), parse.KeepSourceID(r, o.keepID, a.registry.Resources()))
}

// resourceAndFile is the resource that a command of two arguments, a resource and a file, is about.
func (a *app) resourceAndFile(cmd *cobra.Command, args []string) (account.Resource, error) {
	if err := flags.ArgCount(cmd, args, 2, 2); err != nil {
		return nil, err
	}
	return a.registry.Find(args[0])
}

// sheet are the options of the reader. check has refused wrong ones.
func (o *sheetOptions) sheet() sheet.Options {
	s := sheet.Options{Sheet: o.sheetName, Encoding: o.encoding}
	s.Delimiter, _ = parse.Delimiter(o.delimiter)
	return s
}

// matchOptions are the options of the matching of columns.
func (o *sheetOptions) matchOptions(all *account.Registry, needsRequired bool) (mapping.MatchOptions, error) {
	m := mapping.MatchOptions{Map: o.maps, Where: o.where, Set: o.set, Default: o.defaults, NeedsRequired: needsRequired, MatchID: o.match == "id", MatchEmail: o.match == "email", Exports: all.Specs(),
		ConvertOptions: mapping.ConvertOptions{Words: advice.Hint, Region: phones.Region(o.region), DateOrder: o.dateOrder, Decimal: o.decimal, Clear: strings.TrimSpace(o.clear), Replace: crm.Fields(o.replace), SplitLong: o.splitLong}, KeepOrigin: o.keepID}
	_, delimiterErr := parse.Delimiter(o.delimiter)
	for _, err := range []error{
		parse.OneOf("--match", o.match, "email", "id"),
		parse.OneOf("--date-order", o.dateOrder, "dmy", "mdy", "ymd"),
		parse.OneOf("--decimal", o.decimal, "comma", "point"),
		delimiterErr,
		parse.Encoding(o.encoding),
		parse.Region(o.region),
	} {
		if err != nil {
			return m, err
		}
	}
	var err error
	if m.MapFile, err = parse.Table(o.mapFile, files.ReadMapFile); err != nil {
		return m, err
	}
	m.Values, err = parse.Table(o.values, files.ReadValuesFile)
	return m, err
}

func modeNames() []string {
	var names []string
	for _, m := range modes.All() {
		names = append(names, string(m))
	}
	return names
}
