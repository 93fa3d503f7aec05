import type { Mark } from "./page-marks.ts";
import type { Random } from "./random.ts";

export const monthNames = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

export interface Invoice {
  readonly number: string;
  readonly month: (typeof monthNames)[number];
  readonly date: string;
  readonly seller: string;
  readonly customer: string;
  readonly currency: string;
  readonly items: readonly { readonly name: string; readonly quantity: number; readonly cents: number }[];
  /** "1,234.50" */
  readonly total: string;
}

const sellers = ["Harbour Print Works", "Alder & Finch Carpentry", "Northgate Garden Supply"] as const;
const customers = ["Maple Street Library", "Tidewater Bakery", "Elena Marsh", "Oakfield School"];
const goods: Readonly<Record<(typeof sellers)[number], readonly string[]>> = {
  "Harbour Print Works": [
    "Posters, A2",
    "Letter paper, box",
    "Visiting cards",
    "Book binding",
    "Banner, 3 m",
  ],
  "Alder & Finch Carpentry": ["Oak shelf", "Window frame", "Hours of work", "Door hinges", "Table top"],
  "Northgate Garden Supply": ["Apple tree", "Potting soil, bag", "Garden hose", "Paving stones", "Rose bush"],
};

/** Three invoices of one seller from three months of a year, in order; one of them is from March. */
export function someInvoices(random: Random): readonly Invoice[] {
  const year = random.whole(2023, 2025);
  const seller = random.pick(sellers);
  const currency = random.pick(["EUR", "GBP", "USD"]);
  const others = random.shuffled([0, 1, 3, 4, 5, 6, 8, 9]).slice(0, 2);
  const firstNumber = random.whole(1040, 1890);
  return [2, ...others]
    .sort((a, b) => a - b)
    .map((month, index) => {
      const items = random
        .shuffled(goods[seller])
        .slice(0, 3)
        .map((name) => ({ name, quantity: random.whole(1, 9), cents: random.whole(8, 240) * 50 }));
      const net = items.reduce((sum, item) => sum + item.quantity * item.cents, 0);
      const monthName = monthNames[month] ?? "March";
      return {
        number: `${year}-${firstNumber + index * random.whole(3, 19)}`,
        month: monthName,
        date: `${random.whole(2, 27)} ${monthName} ${year}`,
        seller,
        customer: random.pick(customers),
        currency,
        items,
        total: money(net + Math.round(net * 0.2)),
      };
    });
}

/** 123_450 cents → "1,234.50". */
export function money(cents: number): string {
  return (cents / 100).toLocaleString("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

export function invoiceMarks(invoice: Invoice, accent: string): readonly Mark[] {
  const net = invoice.items.reduce((sum, item) => sum + item.quantity * item.cents, 0);
  const grey = "#5f676e";
  const marks: Mark[] = [
    { kind: "box", x: 0, y: 0, width: 595, height: 14, colour: accent },
    { kind: "text", text: invoice.seller, x: 56, y: 78, size: 18, bold: true, colour: accent },
    { kind: "text", text: "14 Quay Lane, Port Ellery", x: 56, y: 98, size: 11, colour: grey },
    { kind: "text", text: "Invoice", x: 56, y: 172, size: 30, bold: true },
    { kind: "text", text: "Invoice number", x: 56, y: 206, size: 11, colour: grey },
    { kind: "text", text: invoice.number, x: 160, y: 206, size: 12 },
    { kind: "text", text: "Date", x: 56, y: 226, size: 11, colour: grey },
    { kind: "text", text: invoice.date, x: 160, y: 226, size: 12 },
    { kind: "text", text: "Bill to", x: 56, y: 246, size: 11, colour: grey },
    { kind: "text", text: invoice.customer, x: 160, y: 246, size: 12 },
    { kind: "box", x: 56, y: 290, width: 483, height: 26, colour: "#e9edf0" },
    { kind: "text", text: "Description", x: 66, y: 307, size: 11, bold: true },
    { kind: "text", text: "Quantity", x: 330, y: 307, size: 11, bold: true },
    { kind: "text", text: "Amount", x: 480, y: 307, size: 11, bold: true },
  ];
  for (const [index, item] of invoice.items.entries()) {
    const y = 342 + index * 32;
    marks.push(
      { kind: "text", text: item.name, x: 66, y, size: 12 },
      { kind: "text", text: String(item.quantity), x: 352, y, size: 12 },
      { kind: "text", text: money(item.quantity * item.cents), x: 529, y, size: 12, toRight: true },
      { kind: "box", x: 56, y: y + 11, width: 483, height: 0.7, colour: "#d4dade" },
    );
  }
  const y = 362 + invoice.items.length * 32;
  const sum = (label: string, text: string, atY: number, bold = false): Mark[] => [
    { kind: "text", text: label, x: 330, y: atY, size: bold ? 15 : 12, bold },
    { kind: "text", text, x: 529, y: atY, size: bold ? 15 : 12, bold, toRight: true },
  ];
  marks.push(
    ...sum("Subtotal", money(net), y),
    ...sum("VAT 20 %", money(Math.round(net * 0.2)), y + 24),
    { kind: "box", x: 330, y: y + 36, width: 209, height: 1.4, colour: accent },
    ...sum("Total", `${invoice.currency} ${invoice.total}`, y + 60, true),
    {
      kind: "text",
      text: "Payment within 30 days. Thank you for your order.",
      x: 56,
      y: 760,
      size: 11,
      colour: grey,
    },
  );
  return marks;
}
