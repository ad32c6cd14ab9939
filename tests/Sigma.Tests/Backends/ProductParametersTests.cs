using Sigma.Backends;
using Sigma.Text;

namespace Sigma.Tests.Backends;

/// <summary>
/// Products replace parts of a query by parameters of their own before they read it, in quotes too, or refuse it because nobody has
/// declared one. What a rule says stays a text.
/// </summary>
public sealed class ProductParametersTests
{
    /// <summary>
    /// Graylog's pattern is <c>\$([a-zA-Z_]\w*)\$</c> (QueryStringParser of its server, pull request 9877), and its interface writes <c>\$</c>
    /// for the sign itself (pull request 14692).
    /// </summary>
    [Theory]
    [InlineData("fA: '$x1$'", "fA:\"$x1\\$\"")]
    [InlineData("fA|contains: '$a$b$'", "fA:*$a\\$b\\$*")]
    [InlineData("fA: ['$q$', 'x*']", "fA:(\"$q\\$\" x*)")]
    [InlineData("fA: '*$'", "fA:*$")]
    [InlineData("fA: '$1$ $ $$'", "fA:\"$1$ $ $$\"")]
    [InlineData("fA|startswith: '$a?b$'", "fA:$a\\?b$*", false)]
    [InlineData("$h$: 1", "\\$h\\$:\"1\"")]
    [InlineData("fA|re: '\\$env\\$'", "fA:/.*\\$env\\$.*/")]
    public void Graylog_is_given_no_parameter(string item, string query, bool isWritten = true)
    {
        // A ? of a rule is one character, which no parameter has.
        query = isWritten ? query : query.Replace("\\?", "?");
        TypedValuesTests.Convert("graylog", item).Query.Should().Be(query);
    }

    /// <summary>
    /// Spark drops a backslash before a character that it does not escape. <c>${x}</c> is a variable of Spark, <c>$x</c> a widget of a notebook of Databricks,
    /// where <c>\$</c> is the sign (STRING type, its warning), and <c>{{x}}</c> a parameter of its SQL editor.
    /// </summary>
    [Theory]
    [InlineData("fA: '$x ${y}'", @"lower(CAST(`fA` AS STRING)) = lower('\$x \$\{y}')")]
    [InlineData("fA|contains: '{{{x}}} $y'", @"CAST(`fA` AS STRING) ILIKE '%\{\{\{x}}} \$y%'")]
    [InlineData(@"fA|endswith: '\c$'", @"CAST(`fA` AS STRING) ILIKE '%\\\\c\$'")]
    [InlineData(@"fA|re: 'a\$b\{{2}c{3}'", @"CAST(`fA` AS STRING) RLIKE 'a\\\$b\\{\{2}c{3}'")]
    public void Spark_is_given_no_variable_and_Databricks_no_parameter(string item, string condition) =>
        TypedValuesTests.Convert("spark", item).Query.Should().Be("SELECT * FROM events WHERE " + condition);

    [Theory]
    [InlineData("escape: '\\', escaped: '\"\\', parameters: '%[a-z]+%'", null)]
    [InlineData("impossible: '\"', parameters: '%[a-z]+%'", "escape")]
    [InlineData("escape: '\\', escaped: '\"\\', parameters: '%['", "parameters")]
    public void A_definition_says_how_a_parameter_is_escaped(string keys, string? key)
    {
        IEnumerable<Diagnostic> findings = new OwnTarget(OwnTarget.Plain.Replace("texts:\n", $"texts:\n  third: {{open: '\"', close: '\"', {keys}}}\n")).Findings();
        findings.Select(d => d.Message.Split('\'')[1]).Should().Equal(key is null ? [] : [key]);
    }

    [Theory]
    [InlineData("%a%b% %", "2,4")]
    [InlineData("%%", "")]
    [InlineData("x", "")]
    public void The_last_sign_of_each_is_found(string text, string ends) =>
        string.Join(",", ProductParameters.Ends(text, new("%[a-z]+%"))).Should().Be(ends);
}
