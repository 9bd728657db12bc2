// Command crmferry ferries contacts between spreadsheets and CRMs.
package main

import (
	"os"

	"crmferry/internal/cli"
)

func main() {
	os.Exit(int(cli.Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)))
}
