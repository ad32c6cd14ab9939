using System.Text;
using Sigma.Queries;
using Sigma.Rules;

namespace Sigma.Backends.Targets;

/// <summary>
/// Tests over the named data of an event, which the format's preamble puts into <c>$d</c>. A missing name gives null and an
/// empty element the empty text, so every kind of condition is exact.
/// </summary>
/// <param name="dialect">The target's language.</param>
/// <param name="context">Receives the diagnostics.</param>
internal sealed class PowerShellDataTests(Dialect dialect, EmitContext context) : IPowerShellTests
{
    /// <summary>The names of an event's system part that records have as properties of their own.</summary>
    private static readonly Dictionary<string, string> Properties = new(StringComparer.Ordinal)
    {
        ["EventID"] = "\"$($_.Id)\"",
        ["Channel"] = "$_.LogName",
        ["LogName"] = "$_.LogName",
        ["Provider_Name"] = "$_.ProviderName",
        ["Computer"] = "$_.MachineName",
        ["ComputerName"] = "$_.MachineName",
        ["MachineName"] = "$_.MachineName",
    };

    /// <inheritdoc/>
    public void Write(StringBuilder output, MatchExpr match)
    {
        if (match.Values.Length == 1)
        {
            WriteOne(output, match.Field, match.Values[0]);
            return;
        }

        if (match.Values.Any(value => value is StringValue { Text.IsEmpty: true } || IsAnything(value)))
        {
            output.Append('(');
            for (int i = 0; i < match.Values.Length; i++)
            {
                output.Append(i == 0 ? "" : " -or ");
                WriteOne(output, match.Field, match.Values[i]);
            }

            output.Append(')');
            return;
        }

        string alternatives = string.Join('|', match.Values.Select(Text));
        Match(output, match.Field, "-match", match.Field is null ? $"(?s)(?:{alternatives})" : $@"(?s)^(?:{alternatives})\z", guard: false);
    }

    /// <summary>How a field is read.</summary>
    private static string Read(string field) => Properties.GetValueOrDefault(field) ?? $"$d[{PowerShellText.Quoted(field)}]";

    private void WriteOne(StringBuilder output, string? field, Value value)
    {
        switch (value)
        {
            case StringValue or NumberValue or BooleanValue when field is null:
                Match(output, null, value is StringValue { Cased: true } ? "-cmatch" : "-match", "(?s)" + Text(value), guard: false);
                break;
            case StringValue { Text.IsEmpty: true }:
                output.Append('(').Append(Read(field!)).Append(" -match '^\\z' -and $null -ne ").Append(Read(field!)).Append(')');
                break;
            case StringValue when IsAnything(value):
                output.Append("$null -ne ").Append(Read(field!));
                break;
            case StringValue text:
                string flags = text.Text.HasWildcards ? "(?s)" : "";
                Match(output, field, text.Cased ? "-cmatch" : "-match", $@"{flags}^{Text(value)}\z", guard: false);
                break;
            case NumberValue or BooleanValue:
                Match(output, field, "-match", $@"^{Text(value)}\z", guard: false);
                break;
            case RegexValue regex:
                if (context.Translate(regex, dialect.Regex!) is { } pattern)
                {
                    Match(output, field, "-cmatch", PowerShellText.Ascii(pattern), guard: true);
                }

                break;
            case CidrValue cidr:
                WriteNetwork(output, field!, cidr);
                break;
            case CompareValue compare:
                output.Append('(').Append(Read(field!)).Append(@" -match '^-?[0-9]+(?:\.[0-9]+)?\z' -and [double]").Append(Read(field!))
                    .Append(' ').Append(PowerShellMessageTests.Operator(compare.Comparison)).Append(' ').Append(Number(compare.Number)).Append(')');
                break;
            case NullValue:
                output.Append("$null -eq ").Append(Read(field!));
                break;
            case ExistsValue exists:
                output.Append(exists.Exists ? "$null -ne " : "$null -eq ").Append(Read(field!));
                break;
            case FieldReferenceValue reference:
                WriteReference(output, field!, reference);
                break;
            case TimePartValue { Part: not TimePart.Week } part:
                string date = $"({Read(field!)} -as [datetime])";
                output.Append("($null -ne ").Append(date).Append(" -and ").Append(date).Append('.').Append(part.Part)
                    .Append(' ').Append(PowerShellMessageTests.Operator(part.Comparison)).Append(' ').Append(Number(part.Number)).Append(')');
                break;
            default:
                context.Refuse(value.Span, ModifierSite.Describe(value), "PowerShell has no test for it that works in every version");
                break;
        }
    }

    private static bool IsAnything(Value value) => value is StringValue { Text.Parts: [{ Kind: PartKind.Many }, ..] } text
        && text.Text.Parts.All(part => part.Kind is PartKind.Many);

    private static string Number(string number) => number.StartsWith('-') ? $"({number})" : number;

    private static string Text(Value value) => value switch
    {
        StringValue text => PowerShellText.Pattern(text.Text, pairs: true),
        NumberValue number => PowerShellText.Literal(number.Text),
        BooleanValue boolean => boolean.Value ? "true" : "false",
        _ => throw new System.Diagnostics.UnreachableException(value.GetType().Name),
    };

    private static void Match(StringBuilder output, string? field, string op, string pattern, bool guard)
    {
        string quoted = PowerShellText.Quoted(pattern);
        if (field is null)
        {
            output.Append("@(@($d.Values) ").Append(op).Append(' ').Append(quoted).Append(").Count -gt 0");
        }
        else if (guard)
        {
            output.Append("($null -ne ").Append(Read(field)).Append(" -and ").Append(Read(field)).Append(' ').Append(op).Append(' ').Append(quoted).Append(')');
        }
        else
        {
            output.Append(Read(field)).Append(' ').Append(op).Append(' ').Append(quoted);
        }
    }

    /// <summary>
    /// Compares address bytes under the mask. PowerShell would also take <c>10.1</c> for an IPv4 address, so its form is
    /// checked first; no module and no newer .NET is needed.
    /// </summary>
    private static void WriteNetwork(StringBuilder output, string field, CidrValue cidr)
    {
        bool v4 = cidr.Network.BaseAddress.AddressFamily is System.Net.Sockets.AddressFamily.InterNetwork;
        string form = v4 ? @"^[0-9]+(?:\.[0-9]+){3}\z" : ":";
        output.Append('(').Append(Read(field)).Append(" -match '").Append(form).Append("' -and (& { param($s, $net, $bits) $ip = $null; ")
            .Append("if (-not [ipaddress]::TryParse($s, [ref]$ip)) { return $false }; $a = $ip.GetAddressBytes(); $n = ([ipaddress]$net).GetAddressBytes(); ")
            .Append("if ($a.Length -ne $n.Length) { return $false }; for ($i = 0; $i -lt $n.Length; $i++) { $k = $bits - 8 * $i; if ($k -le 0) { break }; ")
            .Append("$m = if ($k -ge 8) { 255 } else { 256 - (1 -shl (8 - $k)) }; if (($a[$i] -band $m) -ne ($n[$i] -band $m)) { return $false } }; $true } ")
            .Append(Read(field)).Append(" '").Append(cidr.Network.BaseAddress).Append("' ").Append(cidr.Network.PrefixLength).Append("))");
    }

    private static void WriteReference(StringBuilder output, string field, FieldReferenceValue reference)
    {
        string a = Read(field);
        string b = Read(reference.Field);
        string test = reference switch
        {
            { StartsWith: true, EndsWith: true } => $"{a}.IndexOf({b}, [System.StringComparison]::OrdinalIgnoreCase) -ge 0",
            { StartsWith: true } => $"{a}.StartsWith({b}, [System.StringComparison]::OrdinalIgnoreCase)",
            { EndsWith: true } => $"{a}.EndsWith({b}, [System.StringComparison]::OrdinalIgnoreCase)",
            _ => $"[string]::Equals({a}, {b}, [System.StringComparison]::OrdinalIgnoreCase)",
        };
        output.Append("($null -ne ").Append(a).Append(" -and $null -ne ").Append(b).Append(" -and ").Append(test).Append(')');
    }
}
