package write

import (
	"github.com/xuri/excelize/v2"

	"crmferry/internal/cell"
)

// workbookTable is a table in a workbook.
type workbookTable struct {
	o       TableOptions
	archive *archive
	file    *excelize.File // of the archive
	styles  tableStyles
	headers []any
	widths  []float64
	about   [][]string

	held     [][]cell.Cell // the first rows, until the widths are known
	heldText int

	sheet    *sheetWriter // nil while rows are held
	sheets   []string     // the names of those with rows
	rowLimit int          // of a worksheet: cell.MaxRows, less in a test
	stats    Stats
}
