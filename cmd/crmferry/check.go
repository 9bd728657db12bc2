package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"crmferry/importer"
	"crmferry/internal/terminal"
	"crmferry/mapping"
)

// checkOptions are the flags of check.
type checkOptions struct {
	sheetOptions
	file     string
	mode     string
	limit    int
	writeMap string
	flags    *pflag.FlagSet // as given, to repeat them in what comes next
}

func newCheckCommand(a *app) *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:   "check VENDOR[/RESOURCE] FILE",
		Short: "mapping and validation only: no network, no key needed",
		Example: `  # how are the columns understood, and which rows break a rule?
  crmferry check growcrm leads.xlsx
  # phones without a country code are Dutch
  crmferry check rogerroger leads.csv --region NL`,
		Long: `Prints each column with the field that it is put into and why, and every problem of every row. What only the
vendor can know (who exists already, which tags there are) is left to import --dry-run.`,
		ValidArgsFunction: a.completeVendor,
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := a.resourceAndFile(cmd, args)
			if err != nil {
				return err
			}
			o.file, o.flags = args[1], cmd.Flags()
			return r.Check(cmd.Context(), a, &o)
		},
	}
	o.sheetOptions.addTo(cmd)
	addFlags(cmd, groupAction, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.mode, "mode", "", "check for import --mode `MODE`: update needs fewer fields, delete only ids")
	})
	addFlags(cmd, groupAmount, func(fs *pflag.FlagSet) {
		fs.IntVar(&o.limit, "limit", 0, "check the first `N` rows only")
	})
	addFlags(cmd, groupOutput, func(fs *pflag.FlagSet) {
		fs.StringVar(&o.writeMap, "write-map", "", "write what each column is taken for into `FILE`, to be changed in Excel and read with --map-file")
	})
	a.addJSON(cmd)
	return cmd
}

// checkResult is what check --json prints.
type checkResult struct {
	File     string         `json:"file"`
	Sheet    string         `json:"sheet,omitempty"`
	Format   string         `json:"format"`
	Rows     int            `json:"rows"`
	Columns  []columnResult `json:"columns"`
	Problems []rowProblem   `json:"problems"`
	Skipped  int            `json:"skipped"`
	NoKey    int            `json:"rows_without_key"`
	Exit     int            `json:"exit"`
}

type columnResult struct {
	Letter  string `json:"letter"`
	Header  string `json:"header"`
	Field   string `json:"field,omitempty"`
	How     string `json:"how,omitempty"`
	Reason  string `json:"reason,omitempty"`
	Filled  int    `json:"filled"`
	Example string `json:"example,omitempty"`
}

type rowProblem struct {
	Row     int    `json:"row"`
	Line    int    `json:"line,omitempty"`
	Outcome string `json:"outcome"`
	Field   string `json:"field,omitempty"`
	Column  string `json:"column,omitempty"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Check runs the command check for this resource.
func (e *entry[C]) Check(ctx context.Context, a *app, o *checkOptions) error {
	if err := oneOf("--mode", o.mode, modes()...); err != nil {
		return err
	}
	if o.limit < 0 || o.flags.Changed("limit") && o.limit == 0 {
		return usageError("give the number of rows: --limit 5", "--limit %d checks nothing", o.limit)
	}
	if err := readable(o.file); err != nil {
		return err
	}
	if err := o.checkMapOutput(); err != nil {
		return err
	}
	match, err := o.matchOptions(o.mode != string(importer.UpdateOnly))
	if err != nil {
		return err
	}
	mode := importer.Upsert
	if o.mode != "" {
		mode = importer.Mode(o.mode)
	}
	im, err := importer.New(ctx, e.table, importer.Options{Path: o.file, Name: o.file, Sheet: o.sheet(), Match: match, Limit: o.limit, Mode: mode})
	var refused *mapping.MatchError
	switch {
	case errors.As(err, &refused):
		err = o.writeMapOf(a, refused.Columns, err)
	case err == nil:
		err = o.writeMapOf(a, im.Survey().Columns, nil)
	}
	if err != nil {
		return explainSheet(err)
	}
	out := checkResult{File: o.file, Rows: im.Survey().Rows, Columns: columnResults(im.Survey()), NoKey: im.Survey().NoKey,
		Sheet: im.Survey().SheetName, Format: string(im.Survey().Format), Problems: []rowProblem{}}
	bad := 0
	if !a.ui.JSON {
		a.showColumns(im.Survey(), e.ID())
	}
	err = im.Check(ctx, func(r importer.Result) {
		if r.Outcome == importer.Skipped {
			out.Skipped++
		} else {
			bad++
		}
		for _, p := range r.Problems {
			row := rowProblem{r.Row, r.Line, string(r.Outcome), p.Field, p.Column, p.Code, p.Message}
			if a.ui.JSON {
				out.Problems = append(out.Problems, row)
			} else {
				a.ui.Printf("row %d%s: %s: %s\n", row.Row, lineNote(row.Line, row.Row), row.Code, row.Message)
			}
		}
	})
	if err != nil {
		return explainSheet(err)
	}
	if bad > 0 {
		out.Exit = int(exitRows)
	}
	if a.ui.JSON {
		if err := a.ui.WriteJSON(out); err != nil {
			return err
		}
		return quietly(exitCode(out.Exit))
	}
	a.verdict(im.Survey(), bad, out.Skipped, importLine(e.ID(), o.file, o.flags, []string{"json", "limit"}, "--dry-run"))
	return quietly(exitCode(out.Exit))
}

// lineNote gives the line of a text file where it is not the row's number.
func lineNote(line, row int) string {
	if line == 0 || line == row {
		return ""
	}
	return fmt.Sprintf(" (line %d)", line)
}

func columnResults(s *importer.Survey) []columnResult {
	list := make([]columnResult, len(s.Columns))
	for i, c := range s.Columns {
		list[i] = columnResult{Letter: c.Letter, Header: c.Header, How: c.How, Reason: c.Reason, Filled: s.Filled[i], Example: s.Examples[i]}
		if c.State == mapping.Mapped {
			list[i].Field = c.Field
		}
	}
	return list
}

// showColumns prints the table of columns.
func (a *app) showColumns(s *importer.Survey, id string) {
	a.ui.Notef("%s: %s", fileName(s), terminal.Count(int64(s.Rows), "row"))
	var rows [][]string
	for i, c := range s.Columns {
		field := c.Field
		how := c.How
		if c.State != mapping.Mapped {
			field, how = "-", c.Reason
		}
		rows = append(rows, []string{c.Letter, c.Header, field, how, terminal.Number(int64(s.Filled[i])), clipExample(s.Examples[i])})
	}
	a.ui.Table([]string{"", "COLUMN", strings.ToUpper(id) + " FIELD", "MATCHED BY", "FILLED", "EXAMPLE"}, rows)
}

// clipExample keeps an example short enough for a line.
func clipExample(s string) string {
	runes := []rune(s)
	if len(runes) <= 40 {
		return s
	}
	return string(runes[:39]) + "…"
}

// verdict prints the last lines: what is wrong altogether, and the command that comes next.
func (a *app) verdict(s *importer.Survey, bad, skipped int, next string) {
	if skipped > 0 {
		why := "an earlier row says the same"
		if s.NotCreated > 0 {
			why += ", or the contact was not created by the run that the report tells of"
		}
		a.ui.Notef("%s would be skipped: %s", terminal.Count(int64(skipped), "row"), why)
	}
	if s.NoKey > 0 {
		a.ui.Warnf("%s neither e-mail nor phone with a name: every import creates them again", have(s.NoKey))
	}
	if bad > 0 {
		a.ui.Notef("%s of %s would be rejected; the others are ready", terminal.Count(int64(bad), "row"), terminal.Number(int64(s.Rows)))
		a.ui.Notef("next    mend them, or import the others: %s", next)
		return
	}
	a.ui.Notef("all rows are ready")
	a.ui.Notef("next    %s", next)
}
